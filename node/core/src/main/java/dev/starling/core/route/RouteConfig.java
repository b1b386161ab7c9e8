package dev.starling.core.route;

/**
 * The bounds of a route to a peer.
 *
 * @param maxHeldBytes how much of what the peer's sessions haven't answered is kept; beyond it
 *     senders are refused
 */
public record RouteConfig(long maxHeldBytes) {
  public RouteConfig {
    if (maxHeldBytes < 1) {
      throw new IllegalArgumentException("bounds are at least 1");
    }
  }
}
