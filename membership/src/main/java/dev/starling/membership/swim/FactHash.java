package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.Status;

/**
 * Hashes of facts that are XORed over a table: equal for tables that agree on who lives, in any
 * order.
 */
public final class FactHash {
  private FactHash() {}

  /** The share of one fact; 0 for the dead, so that each node may forget them in its own time. */
  public static long of(Fact fact) {
    if (!fact.status().isLive()) {
      return 0;
    }
    long h = fact.node().name().hashCode();
    h = mix(h ^ fact.node().generation());
    h = mix(h + fact.incarnation());
    return mix(h + (fact.status() == Status.ALIVE ? 0 : 1));
  }

  /** The step of SplitMix64 (Steele et al., 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
