package dev.starling.server.host;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom an address stands for: itself in IPv4, and its /64 in IPv6, which is what one customer has
 * (RFC 6177). An IPv4 address that was written as IPv6 (RFC 4291, section 2.5.5.2) is one of IPv4.
 *
 * @param bits the address, or its first half
 */
record AddressKey(boolean version6, long bits) {
  private static final int MAPPED_PREFIX_END = 0xffff;

  static AddressKey of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (bytes.remaining() == Integer.BYTES) {
      return new AddressKey(false, Integer.toUnsignedLong(bytes.getInt()));
    }
    long prefix = bytes.getLong();
    if (prefix == 0 && bytes.getInt() == MAPPED_PREFIX_END) {
      return new AddressKey(false, Integer.toUnsignedLong(bytes.getInt()));
    }
    return new AddressKey(true, prefix);
  }
}
