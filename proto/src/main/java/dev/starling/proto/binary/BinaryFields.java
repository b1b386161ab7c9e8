package dev.starling.proto.binary;

import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.Bounds;
import dev.starling.proto.json.JsonCheck;
import org.jspecify.annotations.Nullable;

/** Checks the fields of binary messages against the bounds that the JSON form has too. */
final class BinaryFields {
  private static final int MAX_TYPE = 128;

  private final JsonCheck json;

  BinaryFields(JsonCheck json) {
    this.json = json;
  }

  static long id(long id) throws BinaryFieldException {
    if (id < 1 || id > Bounds.ID) {
      throw new BinaryFieldException("id", "must be an integer from 1 to " + Bounds.ID);
    }
    return id;
  }

  static String room(String room) throws BinaryFieldException {
    text("room", room, Bounds.ROOM);
    if (Bounds.hasControl(room)) {
      throw new BinaryFieldException("room", "has a control character");
    }
    return room;
  }

  static String text(String field, String value, int maxLength) throws BinaryFieldException {
    if (value.isEmpty()) {
      throw new BinaryFieldException(field, "is missing");
    }
    return bounded(field, value, maxLength);
  }

  /** A text that may be absent: in this form, empty. */
  static @Nullable String optional(String field, String value, int maxLength)
      throws BinaryFieldException {
    return value.isEmpty() ? null : bounded(field, value, maxLength);
  }

  static String bounded(String field, String value, int maxLength) throws BinaryFieldException {
    if (value.length() > maxLength) {
      throw new BinaryFieldException(field, "must have at most " + maxLength + " characters");
    }
    return value;
  }

  static long integer(String field, long value, long max) throws BinaryFieldException {
    if (value < 1 || value > max) {
      throw new BinaryFieldException(field, "must be an integer from 1 to " + max);
    }
    return value;
  }

  /** Any content; what calls itself JSON must be JSON, since JSON clients get it as it is. */
  Content content(String field, boolean present, dev.starling.proto.v1.Content content)
      throws BinaryFieldException {
    if (!present) {
      throw new BinaryFieldException(field, "is missing");
    }
    Bytes bytes = Windows.of(content.getData());
    String type = bounded(field, content.getType(), MAX_TYPE);
    if (!type.isEmpty() && !type.equals(Content.JSON)) {
      return new Content(type, bytes);
    }
    if (!json.isValue(bytes)) {
      throw new BinaryFieldException(field, "isn't JSON; say its type where it is something else");
    }
    return Content.json(bytes);
  }

  /** A JSON object; an empty one where it is absent. */
  Content object(String field, boolean present, dev.starling.proto.v1.Content content)
      throws BinaryFieldException {
    if (!present) {
      return Content.EMPTY_OBJECT;
    }
    Content checked = content(field, true, content);
    if (!checked.type().equals(Content.JSON) || !json.isObject(checked.bytes())) {
      throw new BinaryFieldException(field, "must be a JSON object");
    }
    return checked;
  }
}
