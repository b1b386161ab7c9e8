package dev.starling.membership;

/**
 * What names may look like: plain ASCII, so that a character is a byte and no log line is split.
 */
final class Text {
  private Text() {}

  /** Refuses what is not 1 to {@code most} letters, digits, dots, underscores and hyphens. */
  static void requireToken(String what, String text, int most) {
    requireLength(what, text, 1, most);
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenPart(text.charAt(i))) {
        throw new IllegalArgumentException(what + " has a forbidden character at " + i);
      }
    }
  }

  /** Refuses what is not {@code least} to {@code most} printable ASCII characters without space. */
  static void requirePrintable(String what, String text, int least, int most) {
    requireLength(what, text, least, most);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        throw new IllegalArgumentException(what + " has a forbidden character at " + i);
      }
    }
  }

  private static void requireLength(String what, String text, int least, int most) {
    if (text.length() < least || text.length() > most) {
      throw new IllegalArgumentException(
          what + " has " + text.length() + " characters, not " + least + " to " + most);
    }
  }

  private static boolean isTokenPart(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  }
}
