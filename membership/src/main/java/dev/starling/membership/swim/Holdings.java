package dev.starling.membership.swim;

/**
 * How much a node keeps beside its table; for whoever watches that it stays bounded.
 *
 * @param suspicions that run
 * @param rumours news that are still sent
 * @param probes under way
 * @param relays pings under way for others
 * @param turns of the present round of probes
 */
public record Holdings(int suspicions, int rumours, int probes, int relays, int turns) {
  /** Nothing. */
  public static final Holdings NONE = new Holdings(0, 0, 0, 0, 0);

  /** Of two groups together. */
  public Holdings plus(Holdings other) {
    return new Holdings(
        suspicions + other.suspicions,
        rumours + other.rumours,
        probes + other.probes,
        relays + other.relays,
        turns + other.turns);
  }
}
