package dev.starling.core.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The regions whose members aren't shown: those that can't be reached for a while, and until some
 * time after they can be again, so that whoever left meanwhile isn't shown once more. Not
 * thread-safe.
 */
final class HiddenRegions {
  private final ReplicationConfig config;
  private final TreeMap<String, Long> cutNanos = new TreeMap<>();
  private final TreeMap<String, Long> healedNanos = new TreeMap<>();
  private final TreeSet<String> hidden = new TreeSet<>();

  HiddenRegions(ReplicationConfig config) {
    this.config = config;
  }

  /** Notes which regions can't be reached now. */
  void review(List<String> unreachable, long nowNanos) {
    cutNanos.keySet().retainAll(unreachable);
    healedNanos.keySet().removeAll(unreachable);
    unreachable.forEach(region -> cutNanos.putIfAbsent(region, nowNanos));
    for (String region : hidden) {
      if (!cutNanos.containsKey(region)) {
        healedNanos.putIfAbsent(region, nowNanos);
      }
    }
  }

  /** Whether others are hidden now than before. */
  boolean pass(long nowNanos) {
    boolean changed = false;
    for (var cut : cutNanos.entrySet()) {
      changed |= nowNanos - cut.getValue() >= config.hideNanos() && hidden.add(cut.getKey());
    }
    List<String> back = new ArrayList<>();
    healedNanos.forEach((region, since) -> {
      if (nowNanos - since >= config.revealNanos()) {
        back.add(region);
      }
    });
    healedNanos.keySet().removeAll(back);
    return hidden.removeAll(back) || changed;
  }

  /** The regions; a view. */
  TreeSet<String> regions() {
    return hidden;
  }

  /** When that changes next, as far as is known; far off where it doesn't. */
  long dueNanos() {
    long due = Long.MAX_VALUE;
    for (var cut : cutNanos.entrySet()) {
      if (!hidden.contains(cut.getKey())) {
        due = Math.min(due, cut.getValue() + config.hideNanos());
      }
    }
    for (long healed : healedNanos.values()) {
      due = Math.min(due, healed + config.revealNanos());
    }
    return due;
  }
}
