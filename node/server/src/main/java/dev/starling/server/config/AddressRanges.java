package dev.starling.server.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Addresses with the length of a prefix (RFC 4632), or single ones. */
final class AddressRanges {
  private AddressRanges() {}

  static Kind<List<String>> kind() {
    return Kind.list("a list of addresses such as 10.0.0.0/8 or 2001:db8::1", AddressRanges::range);
  }

  /** In the form with a prefix, or empty where it is none. */
  private static Optional<String> range(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = address.getAddress().length * Byte.SIZE;
      int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return prefix >= 0 && prefix <= most
          ? Optional.of(address.getHostAddress() + "/" + prefix)
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
