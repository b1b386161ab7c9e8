package dev.starling.server.edge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object from a request; null counts as absent. A field that isn't known is
 * refused: a ban whose {@code seconds} is misspelt must not become one for good.
 */
final class Fields {
  static final int MAX_NAME = 128;

  private final ObjectNode object;

  Fields(JsonNode json, String... known) throws ApiRefusal {
    if (!(json instanceof ObjectNode found)) {
      throw ApiRefusal.of(Code.MALFORMED, "a JSON object is expected");
    }
    this.object = found;
    List<String> names = List.of(known);
    for (Iterator<String> given = found.fieldNames(); given.hasNext(); ) {
      if (!names.contains(given.next())) {
        throw ApiRefusal.invalid(
            "the fields are " + String.join(", ", known) + "; there is another");
      }
    }
  }

  /** A name of somebody or something: 1 to 128 characters that can be printed. */
  @Nullable String name(String field) throws ApiRefusal {
    String text = text(field, MAX_NAME);
    if (text != null && !isName(text)) {
      throw ApiRefusal.invalid(field + " must have 1 to 128 characters, none a control character");
    }
    return text;
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_NAME
        && text.codePoints().allMatch(Fields::isPrintable);
  }

  /** Half a surrogate pair has no form in UTF-8. */
  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  @Nullable String text(String field, int longest) throws ApiRefusal {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > longest) {
      throw ApiRefusal.invalid(field + " must be a text of at most " + longest + " characters");
    }
    return value.textValue();
  }

  @Nullable Long number(String field, long least, long most) throws ApiRefusal {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw ApiRefusal.invalid(field + " must be a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  @Nullable Boolean flag(String field) throws ApiRefusal {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw ApiRefusal.invalid(field + " must be true or false");
    }
    return value.booleanValue();
  }

  /** A time in milliseconds since 1970, from RFC 3339. */
  @Nullable Long time(String field) throws ApiRefusal {
    String text = text(field, MAX_NAME);
    try {
      return text == null ? null : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException notATime) {
      throw ApiRefusal.invalid(field + " must be a time such as 2026-11-25T08:00:00Z");
    }
  }

  /** Any JSON, or null where the field is absent; a null that is given stands for itself. */
  @Nullable Content json(String field) {
    JsonNode value = object.get(field);
    return value == null ? null : content(value);
  }

  /** An object of at most so many bytes. */
  @Nullable Content object(String field, int mostBytes) throws ApiRefusal {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    Content content = content(value);
    if (!value.isObject() || content.bytes().length() > mostBytes) {
      throw ApiRefusal.invalid(field + " must be an object of at most " + mostBytes + " bytes");
    }
    return content;
  }

  @Nullable JsonNode value(String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private static Content content(JsonNode value) {
    return Content.json(Bytes.wrap(value.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
