package dev.starling.core.replication;

import java.util.List;

/**
 * Whether as many owners hold what an operation changed as are to: min(2, owners), in two zones
 * where there are two, unless that takes too long. Not thread-safe.
 */
final class Enough {
  private final Room room;
  private final Surroundings at;
  private final Pushes pushes;

  Enough(Room room, Surroundings at, Pushes pushes) {
    this.room = room;
    this.at = at;
    this.pushes = pushes;
  }

  /**
   * @param copies how many nodes hold it, this one included
   */
  boolean holds(Release release, int copies) {
    if (release.dots().isEmpty()) {
      return true;
    }
    boolean owner = at.regionalOwners(room.shard).contains(at.self.node());
    int needed = Math.min(2, pushes.others() + (owner ? 1 : 0));
    if (copies - (owner ? 0 : 1) < needed) {
      return false;
    }
    boolean waited = at.nowNanos() - release.sinceNanos() >= at.config.zoneWaitNanos();
    return needed < 2 || waited || spansZones(pushes.holders(release.dots()));
  }

  /** Whether a holder is in another zone, or no owner is. */
  private boolean spansZones(List<String> holders) {
    String own = at.view().zoneOf(at.self.node());
    return holders.stream().anyMatch(peer -> isElsewhere(peer, own))
        || at.regionalOwners(room.shard).stream().noneMatch(peer -> isElsewhere(peer, own));
  }

  private boolean isElsewhere(String peer, String zone) {
    return Pushes.isRegion(peer) || !at.view().zoneOf(peer).equals(zone);
  }
}
