package dev.starling.server.edge;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client port needs to know.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param tls the certificate to show, or null for plain text
 * @param demo whether the demo room is served
 * @param conformance whether there is a path for suites that test WebSocket
 * @param origins which pages may connect
 * @param proxies who may say where a client comes from
 * @param bounds what clients can take up at most
 */
public record EdgeConfig(
    String host,
    int port,
    @Nullable Certificate tls,
    boolean demo,
    boolean conformance,
    OriginRules origins,
    ProxyRules proxies,
    Bounds bounds) {

  /**
   * PEM files.
   *
   * @param chain the certificate and its issuers
   * @param key the private key, PKCS #8
   */
  public record Certificate(Path chain, Path key) {}

  /**
   * Which pages may connect from browsers.
   *
   * @param allowed origins, with {@code *.} before a host for all below it, or {@code *}; where
   *     empty, the host that is connected to, and on loopback all
   * @param required whether what is no browser is refused too
   * @param publicHost the host that clients know the node by, or null
   * @param loopback whether only this machine can connect
   */
  public record OriginRules(
      List<String> allowed, boolean required, @Nullable String publicHost, boolean loopback) {}

  /**
   * The proxies in front.
   *
   * @param addresses theirs, with the length of a prefix: 10.0.0.0/8
   * @param clientAddress how they say where a client comes from
   */
  public record ProxyRules(List<String> addresses, ClientAddress clientAddress) {}

  /** How a proxy says where a client comes from. */
  public enum ClientAddress {
    NONE,
    PROXY_PROTOCOL,
    FORWARDED,
    X_FORWARDED_FOR
  }

  /**
   * The client port's bounds.
   *
   * @param messageBytes the largest WebSocket message
   * @param jsonDepth how deep a message may be nested
   * @param outboundBytes how much may wait for a client that doesn't read
   * @param silentConnections how many connections may be at their TLS handshake or first request
   * @param headerBytes the largest HTTP head
   * @param headerMillis how long a TLS handshake and an HTTP head may take together
   * @param idleMillis how long a connection without WebSocket may stay idle
   */
  public record Bounds(
      int messageBytes,
      int jsonDepth,
      int outboundBytes,
      int silentConnections,
      int headerBytes,
      int headerMillis,
      int idleMillis) {}
}
