package dev.starling.server.store;

import java.nio.charset.StandardCharsets;

/** Bytes as texts and back, each byte a character. */
final class Texts {
  private Texts() {}

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
