package dev.starling.server.host;

/**
 * How much a node has of what it may take.
 *
 * @param connections those of clients
 * @param sessions those without a connection included
 * @param heldBytes what it holds for them
 * @param most what it may take
 */
public record Load(int connections, int sessions, long heldBytes, HostConfig most) {
  /** The largest of the three shares, in permille. */
  public int permille() {
    double share =
        Math.max(
            (double) heldBytes / most.maxHeldBytes(),
            Math.max(
                (double) connections / most.shares().connections(),
                (double) sessions / most.maxSessions()));
    return Math.clamp(Math.round(1_000 * share), 0, 1_000);
  }
}
