package dev.starling.membership.ring;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A node that may own shards or bridge its region. By its name and not by its life: a restart moves
 * nothing.
 */
public record Candidate(String name, String region, String zone) {
  /** The candidate that a fact tells of; null when it doesn't live, drains, or is no core node. */
  public static @Nullable Candidate of(Fact fact) {
    NodeInfo info = fact.info();
    if (info == null || !fact.status().isLive() || !info.isCore() || info.draining()) {
      return null;
    }
    return new Candidate(fact.node().name(), info.region(), info.zone());
  }
}
