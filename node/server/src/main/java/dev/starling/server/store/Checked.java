package dev.starling.server.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Stored values carry a checksum (CRC-32C, RFC 3385) over themselves and their key, from end to
 * end: the engine's own are made and checked further down, and know no key.
 */
final class Checked {
  private static final int SUM = Integer.BYTES;

  private Checked() {}

  static byte[] seal(byte[] key, byte[] value) {
    return ByteBuffer.allocate(SUM + value.length).putInt(sum(key, value, 0)).put(value).array();
  }

  /** The value, or null where it doesn't check out. */
  static byte @Nullable [] open(byte[] key, byte[] sealed) {
    if (sealed.length < SUM || ByteBuffer.wrap(sealed).getInt() != sum(key, sealed, SUM)) {
      return null;
    }
    return Arrays.copyOfRange(sealed, SUM, sealed.length);
  }

  private static int sum(byte[] key, byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
