package dev.starling.server.ring.seal;

/**
 * How a sealed datagram looks, in network byte order:
 *
 * <pre>
 *   version (1 byte, 1) | key id (4) | sender (8) | counter (4) | AES-256-GCM ciphertext | tag (16)
 * </pre>
 *
 * <p>The nonce is sender and counter, the 96 bits that GCM works on directly (NIST SP 800-38D
 * section 8.2.1); everything before the ciphertext is authenticated with it.
 */
final class SealedForm {
  /** The longest datagram: fits through every path that carries IPv6 (RFC 8200 section 5). */
  static final int MOST_BYTES = 1_200;

  static final byte VERSION = 1;
  static final int KEY_AT = 1;
  static final int NONCE_AT = KEY_AT + Integer.BYTES;
  static final int NONCE_BYTES = 12;
  static final int COUNTER_AT = NONCE_AT + Long.BYTES;
  static final int TEXT_AT = NONCE_AT + NONCE_BYTES;
  static final int TAG_BYTES = 16;
  static final int TAG_BITS = 8 * TAG_BYTES;
  static final int LEAST_BYTES = TEXT_AT + TAG_BYTES;
  static final String CIPHER = "AES/GCM/NoPadding";

  private SealedForm() {}
}
