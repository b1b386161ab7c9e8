package dev.starling.proto.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings in and out of JSON text that was already checked. */
final class JsonText {
  private JsonText() {}

  /** The string between two quotes of checked text. */
  static String decode(byte[] text, int start, int end) {
    int escape = start;
    while (escape < end && text[escape] != '\\') {
      escape++;
    }
    if (escape == end) {
      return new String(text, start, end - start, StandardCharsets.UTF_8);
    }
    StringBuilder decoded = new StringBuilder(end - start);
    int from = start;
    for (int p = escape; p < end; ) {
      if (text[p] != '\\') {
        p++;
        continue;
      }
      decoded.append(new String(text, from, p - from, StandardCharsets.UTF_8));
      p = unescape(text, p + 1, decoded);
      from = p;
    }
    return decoded.append(new String(text, from, end - from, StandardCharsets.UTF_8)).toString();
  }

  private static int unescape(byte[] text, int kind, StringBuilder decoded) {
    switch (text[kind]) {
      case 'u' -> {
        String hex = new String(text, kind + 1, 4, StandardCharsets.US_ASCII);
        decoded.append((char) Integer.parseInt(hex, 16));
        return kind + 5;
      }
      case 'b' -> decoded.append('\b');
      case 'f' -> decoded.append('\f');
      case 'n' -> decoded.append('\n');
      case 'r' -> decoded.append('\r');
      case 't' -> decoded.append('\t');
      default -> decoded.append((char) text[kind]);
    }
    return kind + 1;
  }

  /** Whether every surrogate has its partner. */
  static boolean isWellFormed(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are UTF-8; a slow look, for text that was refused anyway. */
  static boolean isUtf8(byte[] text, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, 0, length));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }
}
