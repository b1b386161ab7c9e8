package dev.starling.server.admin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where operators connect, and how.
 *
 * @param port 0 for any free one
 * @param tls null for a port without TLS, on loopback only
 */
public record AdminConfig(String host, int port, @Nullable Tls tls) {
  /**
   * PEM files.
   *
   * @param authority who signs operators' certificates, or null where they need tokens
   */
  public record Tls(Path certificate, Path key, @Nullable Path authority) {}
}
