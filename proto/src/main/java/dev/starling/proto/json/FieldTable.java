package dev.starling.proto.json;

import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.Bounds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the known fields of one JSON object stand in its frame. Filling it checks the object whole,
 * unknown fields included; reading a field materialises that field alone. Reused from frame to
 * frame; not thread-safe.
 */
final class FieldTable {
  private static final int ABSENT = -1;
  private static final int MAX_DIGITS = 16;

  private final JsonScanner scanner;
  private final int[] starts = new int[Field.COUNT];
  private final int[] ends = new int[Field.COUNT];
  private byte[] frame = new byte[0];
  private @Nullable Field repeated;

  FieldTable(JsonScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * Reads the object that starts at a place of the scanner's text.
   *
   * @param outer how many containers are open around it
   * @return the position behind it
   */
  int read(byte[] text, int start, int outer) throws JsonException {
    frame = text;
    repeated = null;
    Arrays.fill(starts, ABSENT);
    if (scanner.at(start) != '{') {
      throw new JsonException("expected an object", start);
    }
    int p = scanner.space(start + 1);
    if (scanner.at(p) == '}') {
      return p + 1;
    }
    while (true) {
      p = scanner.space(member(p, outer + 1));
      byte next = scanner.at(p);
      if (next == '}') {
        return p + 1;
      }
      if (next != ',') {
        throw new JsonException("expected a comma or the end of the object", p);
      }
      p = scanner.space(p + 1);
    }
  }

  private int member(int start, int outer) throws JsonException {
    int value = scanner.name(start);
    int end = scanner.value(value, outer);
    Field field = fieldAt(start);
    if (field != null) {
      if (starts[field.slot()] != ABSENT) {
        repeated = field;
      }
      starts[field.slot()] = value;
      ends[field.slot()] = end;
    }
    return end;
  }

  private @Nullable Field fieldAt(int start) throws JsonException {
    int close = scanner.string(start) - 1;
    for (int p = start + 1; p < close; p++) {
      if (frame[p] == '\\') {
        return Field.named(JsonText.decode(frame, start + 1, close));
      }
    }
    return Field.at(frame, start + 1, close - start - 1);
  }

  /** Fails where a known field stood twice: which of them counts must not depend on the reader. */
  void requireNoRepeats() throws FieldException {
    if (repeated != null) {
      throw new FieldException(repeated, "appears twice");
    }
  }

  boolean has(Field field) {
    return starts[field.slot()] != ABSENT && frame[starts[field.slot()]] != 'n';
  }

  /** Where a field's value starts; only for one that {@link #has} is true of. */
  int start(Field field) {
    return starts[field.slot()];
  }

  /** A string of a length in characters; every surrogate must have its partner. */
  String string(Field field, int minLength, int maxLength) throws FieldException {
    String value = optionalString(field, minLength, maxLength);
    if (value == null) {
      throw new FieldException(field, "is missing");
    }
    return value;
  }

  @Nullable String optionalString(Field field, int minLength, int maxLength) throws FieldException {
    if (!has(field)) {
      return null;
    }
    int start = starts[field.slot()];
    int end = ends[field.slot()];
    if (frame[start] != '"') {
      throw new FieldException(field, "must be a string");
    }
    String value = JsonText.decode(frame, start + 1, end - 1);
    if (value.length() < minLength || value.length() > maxLength) {
      throw new FieldException(
          field, "must have " + minLength + " to " + maxLength + " characters");
    }
    if (!JsonText.isWellFormed(value)) {
      throw new FieldException(field, "has half a surrogate pair");
    }
    return value;
  }

  /** An integer from 1 to 2^53-1, written without fraction and exponent. */
  long id() throws FieldException {
    if (!has(Field.ID)) {
      throw new FieldException(Field.ID, "is missing");
    }
    return integer(Field.ID, Bounds.ID);
  }

  /** An integer from 1 to {@code max}; the fallback where it is absent. */
  int integer(Field field, int max, int fallback) throws FieldException {
    return has(field) ? (int) integer(field, max) : fallback;
  }

  /** An integer from 1 to {@code max}, or null where it is absent. */
  @Nullable Long optionalInteger(Field field, long max) throws FieldException {
    return has(field) ? (Long) integer(field, max) : null;
  }

  @Nullable Boolean optionalBoolean(Field field) throws FieldException {
    if (!has(field)) {
      return null;
    }
    byte first = frame[starts[field.slot()]];
    if (first != 't' && first != 'f') {
      throw new FieldException(field, "must be true or false");
    }
    return first == 't';
  }

  private long integer(Field field, long max) throws FieldException {
    int start = starts[field.slot()];
    int end = ends[field.slot()];
    long value = 0;
    for (int p = start; p < end && value >= 0; p++) {
      int digit = frame[p] - '0';
      value = digit < 0 || digit > 9 || end - start > MAX_DIGITS ? -1 : value * 10 + digit;
    }
    if (value < 1 || value > max) {
      throw new FieldException(field, "must be an integer from 1 to " + max);
    }
    return value;
  }

  /** Any value, as the bytes it came in. */
  Content content(Field field) throws FieldException {
    if (starts[field.slot()] == ABSENT) {
      throw new FieldException(field, "is missing");
    }
    int start = starts[field.slot()];
    return Content.json(Bytes.wrap(frame, start, ends[field.slot()] - start));
  }

  /** An object, as the bytes it came in; an empty one where it is absent. */
  Content object(Field field) throws FieldException {
    if (!has(field)) {
      return Content.EMPTY_OBJECT;
    }
    if (frame[starts[field.slot()]] != '{') {
      throw new FieldException(field, "must be an object");
    }
    return content(field);
  }
}
