package dev.starling.tools.ca;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and IP addresses that a certificate is good for. */
public record SubjectNames(List<String> all) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  /**
   * Takes what is a name or an address.
   *
   * @throws IllegalArgumentException for what is neither
   */
  public SubjectNames {
    all = List.copyOf(all);
    for (String one : all) {
      if (address(one) == null && !NAME.matcher(one).matches()) {
        throw new IllegalArgumentException("'" + one + "' is neither a name nor an IP address");
      }
    }
  }

  /** As keytool wants them. */
  String forKeytool() {
    return all.stream()
        .map(one -> address(one) == null ? "dns:" + one : "ip:" + address(one))
        .collect(Collectors.joining(","));
  }

  private static @Nullable String address(String text) {
    try {
      return InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }
}
