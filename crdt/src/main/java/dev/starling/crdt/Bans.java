package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The bans of a room as an observed-remove set: lifting a ban removes the ones it has seen, so that
 * a ban spoken at the same time stays. Not thread-safe.
 */
final class Bans {
  private final TreeMap<Dot, Ban> byDot = new TreeMap<>();

  /** Whether a user may not enter now. */
  boolean holds(String user, long epochMillis) {
    return byDot.values().stream()
        .anyMatch(ban -> ban.user().equals(user) && !ban.expired(epochMillis));
  }

  /**
   * The dots of a user's bans, and of all that have ended: what a change of that user's removes.
   */
  List<Dot> replaceable(String user, long epochMillis) {
    List<Dot> dots = new ArrayList<>();
    byDot.forEach((dot, ban) -> {
      if (ban.user().equals(user) || ban.expired(epochMillis)) {
        dots.add(dot);
      }
    });
    return dots;
  }

  /** How many would stay where a user's are replaced. */
  int besides(String user, long epochMillis) {
    return byDot.size() - replaceable(user, epochMillis).size();
  }

  /** Joins a delta in; {@code seen} is what this replica had seen before it. */
  void merge(RoomDelta delta, CausalContext seen) {
    byDot.keySet().removeIf(dot -> delta.context().contains(dot) && !delta.bans().containsKey(dot));
    delta
        .bans()
        .forEach((dot, ban) -> {
          if (!seen.contains(dot)) {
            byDot.put(dot, ban);
          }
        });
  }

  boolean isEmpty() {
    return byDot.isEmpty();
  }

  int size() {
    return byDot.size();
  }

  /** All of them; a copy. */
  NavigableMap<Dot, Ban> all() {
    return new TreeMap<>(byDot);
  }
}
