package dev.starling.core.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The owner that a node follows and asks: kept for as long as it serves, the first of its region
 * otherwise, one of another region where there is none. Not thread-safe.
 */
final class Upstream {
  private final Room room;
  private final Surroundings at;
  private final TreeSet<String> refused = new TreeSet<>();
  private @Nullable String name;

  Upstream(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
  }

  @Nullable String name() {
    return name;
  }

  /** The present one where it is in another region although this one has some. */
  @Nullable String nameIfFar() {
    String now = name;
    boolean near = now == null || at.isRegional(now);
    return near || at.linkedOwner(room.shard, at.region) == null ? null : now;
  }

  void leave(boolean refuses) {
    String now = name;
    if (refuses && now != null) {
      refused.add(now);
    }
    name = null;
  }

  /**
   * Whom to ask now; null where nobody can be.
   *
   * @param pinned the regions that the room is kept in; empty for all
   */
  @Nullable String current(List<String> pinned) {
    String now = name;
    if (now != null && at.isLinked(now)) {
      return now;
    }
    List<String> candidates = candidates(pinned);
    candidates.removeAll(refused);
    if (candidates.isEmpty()) {
      // Everybody refused: from the next time on they are asked again, as one may serve by then.
      refused.clear();
      return null;
    }
    name = candidates.getFirst();
    return name;
  }

  private List<String> candidates(List<String> pinned) {
    List<String> candidates = new ArrayList<>();
    addOf(at.region, pinned, candidates);
    for (String region : at.otherRegions()) {
      addOf(region, pinned, candidates);
    }
    candidates.remove(at.self.node());
    return candidates;
  }

  private void addOf(String region, List<String> pinned, List<String> candidates) {
    if (pinned.isEmpty() || pinned.contains(region)) {
      for (String owner : at.view().ring().owners(room.shard, region)) {
        if (at.isLinked(owner)) {
          candidates.add(owner);
        }
      }
    }
  }
}
