package dev.starling.proto.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks JSON text (RFC 8259) in UTF-8 (RFC 3629) byte by byte, without allocating and without
 * building anything: each method takes the position where something should start and returns the
 * position behind it. Strings are skipped eight bytes at a time. Nesting is bounded. Stateless but
 * for the text; not thread-safe.
 */
final class JsonScanner {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Container kinds are kept as bits of one long. */
  static final int DEEPEST = Long.SIZE;

  private final int maxDepth;
  private byte[] text = new byte[0];
  private int end;

  /**
   * @param maxDepth how many arrays and objects may be open at once, 1 to 64
   */
  JsonScanner(int maxDepth) {
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException("depth must be 1 to 64: " + maxDepth);
    }
    this.maxDepth = maxDepth;
  }

  /** Sets the text: {@code bytes} up to {@code limit}. */
  void reset(byte[] bytes, int limit) {
    text = bytes;
    end = limit;
  }

  /** The byte at a position; fails where the text has ended. */
  byte at(int position) throws JsonException {
    if (position >= end) {
      throw new JsonException("the text ends too early", position);
    }
    return text[position];
  }

  /** Skips white space. */
  int space(int start) {
    int p = start;
    while (p < end && isSpace(text[p])) {
      p++;
    }
    return p;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Fails where anything but white space follows. */
  void onlySpaceFrom(int start) throws JsonException {
    int p = space(start);
    if (p < end) {
      throw new JsonException("text after the value", p);
    }
  }

  /**
   * Checks one value, whatever its kind, that starts right here and may open {@code maxDepth} minus
   * {@code outer}.
   */
  int value(int start, int outer) throws JsonException {
    long objects = 0;
    int depth = 0;
    int p = start;
    while (true) {
      byte b = at(p);
      if (b == '{' || b == '[') {
        if (outer + ++depth > maxDepth) {
          throw new JsonException("nested deeper than " + maxDepth, p);
        }
        objects = objects << 1 | (b == '{' ? 1 : 0);
        p = space(p + 1);
        if (at(p) != closer(objects)) {
          p = (objects & 1) == 1 ? name(p) : p;
          continue;
        }
      } else {
        p = scalar(p, b);
      }
      while (depth > 0) {
        p = space(p);
        byte next = at(p);
        if (next == ',') {
          p = space(p + 1);
          p = (objects & 1) == 1 ? name(p) : p;
          break;
        }
        if (next != closer(objects)) {
          throw new JsonException("expected a comma or the end of the container", p);
        }
        p++;
        objects >>>= 1;
        depth--;
      }
      if (depth == 0) {
        return p;
      }
    }
  }

  private static byte closer(long objects) {
    return (byte) ((objects & 1) == 1 ? '}' : ']');
  }

  /** Checks a member's name and the colon; returns where the value starts. */
  int name(int start) throws JsonException {
    int p = space(string(start));
    if (at(p) != ':') {
      throw new JsonException("expected a colon", p);
    }
    return space(p + 1);
  }

  private int scalar(int start, byte first) throws JsonException {
    return switch (first) {
      case '"' -> string(start);
      case 't' -> literal(start, "true");
      case 'f' -> literal(start, "false");
      case 'n' -> literal(start, "null");
      default -> number(start);
    };
  }

  private int literal(int start, String word) throws JsonException {
    for (int i = 0; i < word.length(); i++) {
      if (at(start + i) != word.charAt(i)) {
        throw new JsonException("not a JSON value", start);
      }
    }
    return start + word.length();
  }

  private int number(int start) throws JsonException {
    int p = text[start] == '-' ? start + 1 : start;
    if (at(p) == '0') {
      p++;
    } else {
      p = digits(p, start);
    }
    if (p < end && text[p] == '.') {
      p = digits(p + 1, start);
    }
    if (p < end && (text[p] | 0x20) == 'e') {
      byte sign = at(++p);
      p = digits(sign == '+' || sign == '-' ? p + 1 : p, start);
    }
    return p;
  }

  private int digits(int start, int value) throws JsonException {
    int p = start;
    while (p < end && text[p] >= '0' && text[p] <= '9') {
      p++;
    }
    if (p == start) {
      throw new JsonException("not a JSON value", value);
    }
    return p;
  }

  /** Checks a string with its quotes. */
  int string(int start) throws JsonException {
    if (at(start) != '"') {
      throw new JsonException("expected a string", start);
    }
    int p = start + 1;
    while (true) {
      p = plain(p);
      byte b = at(p);
      if (b == '"') {
        return p + 1;
      }
      if (b == '\\') {
        p = escape(p);
      } else if (b < 0) {
        p = multiByte(p);
      } else if (b < ' ') {
        throw new JsonException("a control character in a string", p);
      } else {
        p++;
      }
    }
  }

  /**
   * Skips bytes that need no look, eight at a time (the "has a byte less than" trick of Warren's
   * Hacker's Delight).
   */
  private int plain(int start) {
    int p = start;
    while (p + Long.BYTES <= end) {
      long word = (long) LONGS.get(text, p);
      long quote = (word ^ '"' * ONES) - ONES;
      long backslash = (word ^ '\\' * ONES) - ONES;
      long control = word - ' ' * ONES;
      long special = (quote | backslash | control | word) & HIGH_BITS;
      if (special != 0) {
        return p + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
      p += Long.BYTES;
    }
    return p;
  }

  private int escape(int start) throws JsonException {
    byte kind = at(start + 1);
    if (kind == 'u') {
      for (int i = 2; i < 6; i++) {
        if (Character.digit(at(start + i), 16) < 0) {
          throw new JsonException("not a Unicode escape", start);
        }
      }
      return start + 6;
    }
    if ("\"\\/bfnrt".indexOf(kind) < 0) {
      throw new JsonException("not an escape", start);
    }
    return start + 2;
  }

  /**
   * Checks one character of two to four bytes: no overlong form, no surrogate, nothing above
   * U+10FFFF.
   */
  private int multiByte(int start) throws JsonException {
    int first = at(start) & 0xFF;
    int second = at(start + 1) & 0xFF;
    if (first >= 0xC2 && first <= 0xDF && isContinuation(second)) {
      return start + 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int lowest = first == 0xE0 ? 0xA0 : 0x80;
      int highest = first == 0xED ? 0x9F : 0xBF;
      if (second >= lowest && second <= highest && isContinuation(at(start + 2))) {
        return start + 3;
      }
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int lowest = first == 0xF0 ? 0x90 : 0x80;
      int highest = first == 0xF4 ? 0x8F : 0xBF;
      if (second >= lowest
          && second <= highest
          && isContinuation(at(start + 2))
          && isContinuation(at(start + 3))) {
        return start + 4;
      }
    }
    throw new JsonException("not UTF-8", start);
  }

  private static boolean isContinuation(int b) {
    return (b & 0xC0) == 0x80;
  }
}
