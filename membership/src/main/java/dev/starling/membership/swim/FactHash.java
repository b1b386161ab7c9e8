package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.StableHash;
import dev.starling.membership.Status;

/**
 * Hashes of facts that are XORed over a table: equal for tables that agree on who lives, in any
 * order.
 */
public final class FactHash {
  private FactHash() {}

  /**
   * The share of one fact; 0 for the dead, so that each node may forget them in its own time. Every
   * part is mixed in by itself: names and generations that count up together must not cancel each
   * other.
   */
  public static long of(Fact fact) {
    if (!fact.status().isLive()) {
      return 0;
    }
    long hash = StableHash.of(fact.node().name());
    hash = StableHash.mix(hash + fact.node().generation());
    hash = StableHash.mix(hash + fact.incarnation());
    return StableHash.mix(hash + (fact.status() == Status.ALIVE ? 1 : 2));
  }
}
