package dev.starling.server.edge;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the client port needs to know.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param tls the certificate to show, or null for plain text
 * @param demo whether the demo room is served
 * @param bounds what clients can take up at most
 */
public record EdgeConfig(
    String host, int port, @Nullable Certificate tls, boolean demo, Bounds bounds) {

  /**
   * PEM files.
   *
   * @param chain the certificate and its issuers
   * @param key the private key, PKCS #8
   */
  public record Certificate(Path chain, Path key) {}

  /**
   * The client port's bounds.
   *
   * @param messageBytes the largest WebSocket message
   * @param jsonDepth how deep a message may be nested
   * @param outboundBytes how much may wait for a client that doesn't read
   * @param connections how many connections in all
   * @param connectionsPerAddress how many from one address
   * @param connectionsPerSecondPerAddress how fast one address may connect
   * @param headerBytes the largest HTTP head
   * @param headerMillis how long a TLS handshake and an HTTP head may take together
   * @param idleMillis how long a connection without WebSocket may stay idle
   */
  public record Bounds(
      int messageBytes,
      int jsonDepth,
      int outboundBytes,
      int connections,
      int connectionsPerAddress,
      int connectionsPerSecondPerAddress,
      int headerBytes,
      int headerMillis,
      int idleMillis) {}
}
