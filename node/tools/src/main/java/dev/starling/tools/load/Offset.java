package dev.starling.tools.load;

import java.nio.charset.StandardCharsets;

/** The newest offset that a client took in, and whether it has said so. */
final class Offset {
  private byte[] bytes = new byte[64];
  private int length;
  private boolean unconfirmed;

  /** Takes a newer one. */
  void take(byte[] source, int start, int end) {
    length = end - start;
    if (bytes.length < length) {
      bytes = new byte[Integer.highestOneBit(length) << 1];
    }
    System.arraycopy(source, start, bytes, 0, length);
    unconfirmed = true;
  }

  /** Whether there is something to confirm; then it counts as confirmed. */
  boolean confirm() {
    boolean was = unconfirmed;
    unconfirmed = false;
    return was;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
