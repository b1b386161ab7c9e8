package dev.starling.tools.dev;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as text for a terminal: two modules a character, dark on light whatever the terminal's
 * colours are.
 */
final class QrText {
  private static final int QUIET = 2;
  private static final String DARK_ON_LIGHT = "\u001b[30;107m";
  private static final String RESET = "\u001b[0m";

  private QrText() {}

  static String of(String content) {
    QrCode code = QrCode.encodeText(content, QrCode.Ecc.MEDIUM);
    StringBuilder text = new StringBuilder();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      text.append(DARK_ON_LIGHT);
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        text.append(half(code.getModule(x, y), code.getModule(x, y + 1)));
      }
      text.append(RESET).append('\n');
    }
    return text.toString();
  }

  private static char half(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '\u2588' : '\u2580';
    }
    return lower ? '\u2584' : ' ';
  }
}
