package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.region.TwoTierCore;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds things in what a core knows; on its loop. */
record Acquaintances(TwoTierCore core) {
  /** The node that lives at an endpoint of streams. */
  Optional<NodeId> livingAt(Endpoint streams) {
    for (Fact fact : core.facts()) {
      NodeInfo info = fact.info();
      if (info != null && fact.status().isLive() && info.streams().equals(streams)) {
        return Optional.of(fact.node());
      }
    }
    return Optional.empty();
  }

  /** By region, as far as the node bridges to it. */
  SortedMap<String, Long> roundTripNanos() {
    SortedMap<String, Long> trips = new TreeMap<>();
    for (Fact fact : core.facts()) {
      NodeInfo info = fact.info();
      long nanosTaken = info == null ? -1 : core.lastRoundTripNanos(info.region());
      if (info != null && nanosTaken >= 0) {
        trips.put(info.region(), nanosTaken);
      }
    }
    return trips;
  }
}
