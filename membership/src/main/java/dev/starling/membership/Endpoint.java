package dev.starling.membership;

/**
 * Where a node is reached: a host name or address, and a port.
 *
 * @param host 1 to {@value #MAX_HOST} printable ASCII characters
 * @param port 1 to 65,535
 */
public record Endpoint(String host, int port) {
  /** The longest host, in characters; two of them fit into a datagram beside everything else. */
  public static final int MAX_HOST = 128;

  public Endpoint {
    Text.requirePrintable("host", host, 1, MAX_HOST);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of 1 to 65535: " + port);
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
