package dev.starling.server.config;

/** Who ends TLS for the clients. */
public enum TlsMode {
  /** Nobody: plain HTTP, on loopback only. */
  OFF,
  /** The node, with its own certificate. */
  ON,
  /** A proxy in front, over a network that both trust: plain HTTP from there. */
  PROXIED
}
