package dev.starling.proto.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** An independent reader of JSON, to compare with. */
final class Reference {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();
  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Reference() {}

  /** Whether the bytes are one JSON object in strict UTF-8, nested at most so deep. */
  static boolean acceptsObject(byte[] text, int maxDepth) {
    return accepts(text, maxDepth, true);
  }

  /** The same for any JSON value. */
  static boolean acceptsValue(byte[] text, int maxDepth) {
    return accepts(text, maxDepth, false);
  }

  private static boolean accepts(byte[] text, int maxDepth, boolean onlyObjects) {
    try (JsonParser parser = FACTORY.createParser(strictUtf8(text))) {
      JsonToken token = parser.nextToken();
      if (token == null || (onlyObjects && token != JsonToken.START_OBJECT)) {
        return false;
      }
      int depth = token.isStructStart() ? 1 : 0;
      while (depth > 0 && depth <= maxDepth) {
        token = parser.nextToken();
        if (token == null) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return depth == 0 && parser.nextToken() == null;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Without half pairs: that parser refuses them in names, RFC 8259 (section 8.2) does not. */
  private static String strictUtf8(byte[] text) throws CharacterCodingException {
    String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    return SURROGATE.matcher(decoded).replaceAll("\\\\u0041");
  }

  /** The tree that the bytes stand for. */
  static JsonNode tree(byte[] text, int length) {
    try {
      return MAPPER.readTree(text, 0, length);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
