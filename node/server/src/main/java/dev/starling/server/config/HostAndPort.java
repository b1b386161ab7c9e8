package dev.starling.server.config;

import java.util.Optional;

/**
 * A host and a port in one text.
 *
 * @param host without brackets
 */
public record HostAndPort(String host, int port) {
  /** The text itself, where it is an IP address and a port. */
  static Optional<String> literal(String text) {
    return parse(text)
        .filter(parsed -> Kind.address().parse(parsed.host()).isPresent())
        .map(parsed -> text);
  }

  /** What a text says, or empty where it is none. */
  static Optional<HostAndPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (bracketed != bare.contains(":")) {
      return Optional.empty();
    }
    Optional<Integer> port = Kind.wholeNumber("", 1, 65_535).parse(text.substring(colon + 1));
    return Kind.host().parse(bare).flatMap(name -> port.map(it -> new HostAndPort(name, it)));
  }

  /** What a text says that was checked before. */
  static HostAndPort of(String checked) {
    return parse(checked).orElseThrow();
  }
}
