package dev.starling.server.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where other nodes may be found. */
public sealed interface SeedAddress {
  /** A host, of which all addresses count, and its port for streams. */
  record Host(HostAndPort at) implements SeedAddress {}

  /**
   * A service, of which name servers say hosts and ports (RFC 2782).
   *
   * @param name such as {@code _starling._tcp.example.org}
   */
  record Service(String name) implements SeedAddress {}

  /** What stands before the name of a service. */
  String SERVICE_PREFIX = "srv:";

  /** A name of letters, digits, hyphens and underscores between dots. */
  Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /** The longest name (RFC 1035 section 2.3.4), as text. */
  int MOST_NAME = 253;

  /** The text itself, where it is one. */
  static Optional<String> checked(String text) {
    return parse(text).map(parsed -> text);
  }

  /** What a text says, or empty where it is none. */
  static Optional<SeedAddress> parse(String text) {
    if (!text.startsWith(SERVICE_PREFIX)) {
      return HostAndPort.parse(text).map(Host::new);
    }
    String name = text.substring(SERVICE_PREFIX.length());
    return name.length() <= MOST_NAME && SERVICE_NAME.matcher(name).matches()
        ? Optional.of(new Service(name))
        : Optional.empty();
  }

  /** What a text says that was checked before. */
  static SeedAddress of(String checked) {
    return parse(checked).orElseThrow();
  }
}
