package dev.starling.server.hostile;

import java.nio.ByteBuffer;

/** First messages of TLS clients (RFC 8446, section 4.1.2), in their records. */
final class ClientHellos {
  private static final int RANDOM_BYTES = 32;
  private static final short TLS_AES_128_GCM_SHA256 = 0x1301;
  private static final short ECDHE_ECDSA_AES128_GCM_SHA256 = (short) 0xc02b;

  private ClientHellos() {}

  /** One that speaks TLS 1.2 and nothing newer. */
  static byte[] tls12() {
    return hello(ECDHE_ECDSA_AES128_GCM_SHA256);
  }

  /** One with the cipher of TLS 1.3 and none of its extensions. */
  static byte[] tls13WithoutExtensions() {
    return hello(TLS_AES_128_GCM_SHA256);
  }

  private static byte[] hello(short cipher) {
    int body = Short.BYTES + RANDOM_BYTES + 1 + Short.BYTES + Short.BYTES + 2;
    return ByteBuffer.allocate(5 + 4 + body)
        .put((byte) 22)
        .putShort((short) 0x0301)
        .putShort((short) (4 + body))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) body)
        .putShort((short) 0x0303)
        .put(new byte[RANDOM_BYTES])
        .put((byte) 0)
        .putShort((short) Short.BYTES)
        .putShort(cipher)
        .put((byte) 1)
        .put((byte) 0)
        .array();
  }
}
