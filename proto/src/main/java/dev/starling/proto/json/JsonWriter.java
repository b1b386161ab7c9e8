package dev.starling.proto.json;

import dev.starling.crdt.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON text into a growing array that is used again and again. Commas are put where they
 * belong. Not thread-safe.
 */
final class JsonWriter {
  private static final int SMALLEST = 1024;

  /** A buffer that one large message has blown up isn't kept. */
  private static final int LARGEST_KEPT = 256 * 1024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer = new byte[SMALLEST];
  private int length;
  private boolean comma;

  void clear() {
    if (buffer.length > LARGEST_KEPT) {
      buffer = new byte[SMALLEST];
    }
    length = 0;
    comma = false;
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Goes back to where a value had ended. */
  void truncate(int end) {
    length = end;
    comma = true;
  }

  JsonWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  JsonWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  /** A member's name, known to need no escape. */
  JsonWriter name(String plain) {
    separate();
    ensure(plain.length() + 3);
    buffer[length++] = '"';
    ascii(plain);
    buffer[length++] = '"';
    buffer[length++] = ':';
    comma = false;
    return this;
  }

  JsonWriter string(String value) {
    separate();
    put('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        put(c);
      } else if (c < 0x80) {
        escape(c);
      } else {
        i = wide(value, i);
      }
    }
    put('"');
    comma = true;
    return this;
  }

  JsonWriter number(long value) {
    separate();
    String digits = Long.toString(value);
    ensure(digits.length());
    ascii(digits);
    comma = true;
    return this;
  }

  JsonWriter bool(boolean value) {
    separate();
    String word = value ? "true" : "false";
    ensure(word.length());
    ascii(word);
    comma = true;
    return this;
  }

  /** Text that is JSON already. */
  JsonWriter raw(Bytes json) {
    separate();
    ensure(json.length());
    System.arraycopy(json.array(), json.offset(), buffer, length, json.length());
    length += json.length();
    comma = true;
    return this;
  }

  JsonWriter base64(Bytes bytes) {
    return string(Base64.getEncoder().encodeToString(bytes.toArray()));
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void escape(char c) {
    ensure(6);
    buffer[length++] = '\\';
    if (c == '"' || c == '\\') {
      buffer[length++] = (byte) c;
    } else {
      buffer[length++] = 'u';
      buffer[length++] = '0';
      buffer[length++] = '0';
      buffer[length++] = HEX[c >> 4 & 0xF];
      buffer[length++] = HEX[c & 0xF];
    }
  }

  /**
   * Writes a character beyond ASCII in UTF-8; half a surrogate pair becomes a replacement
   * character.
   */
  private int wide(String value, int at) {
    int point = value.codePointAt(at);
    boolean pair = Character.isSupplementaryCodePoint(point);
    String character = pair ? value.substring(at, at + 2) : String.valueOf(value.charAt(at));
    byte[] utf8 =
        Character.isSurrogate(value.charAt(at)) && !pair
            ? new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD}
            : character.getBytes(StandardCharsets.UTF_8);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, buffer, length, utf8.length);
    length += utf8.length;
    return pair ? at + 1 : at;
  }

  private void put(char c) {
    ensure(1);
    buffer[length++] = (byte) c;
  }

  private void ascii(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      buffer[length++] = (byte) plain.charAt(i);
    }
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
