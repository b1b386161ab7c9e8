package dev.starling.proto.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** An independent reader of JSON, to compare with. */
final class Reference {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Reference() {}

  /** Whether the bytes are one JSON object in strict UTF-8, nested at most so deep. */
  static boolean acceptsObject(byte[] text, int maxDepth) {
    try (JsonParser parser = FACTORY.createParser(strictUtf8(text))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > maxDepth) {
          return false;
        }
      }
      return parser.nextToken() == null;
    } catch (IOException refused) {
      return false;
    }
  }

  private static String strictUtf8(byte[] text) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
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
