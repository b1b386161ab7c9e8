package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;

/**
 * The bans of a room as an observed-remove set: lifting a ban removes the ones it has seen, so that
 * a ban spoken at the same time stays. Not thread-safe.
 */
final class Bans {
  /** What a ban costs, rounded up. */
  private static final int BAN_BYTES = 384;

  private final DotMap<Ban> spoken =
      new DotMap<>(Ban::user, ban -> BAN_BYTES + ban.rest().length());

  /** Whether a user may not enter now. */
  boolean holds(String user, long epochMillis) {
    return spoken.of(user).values().stream().anyMatch(ban -> !ban.expired(epochMillis));
  }

  /**
   * The dots of a user's bans, and of all that have ended: what a change of that user's removes.
   */
  List<Dot> replaceable(String user, long epochMillis) {
    List<Dot> dots = new ArrayList<>();
    spoken
        .entries()
        .forEach((dot, ban) -> {
          if (ban.user().equals(user) || ban.expired(epochMillis)) {
            dots.add(dot);
          }
        });
    return dots;
  }

  /** How many would stay where a user's are replaced. */
  int besides(String user, long epochMillis) {
    return spoken.entries().size() - replaceable(user, epochMillis).size();
  }

  /** The dots and what they stand for. */
  DotMap<Ban> spoken() {
    return spoken;
  }
}
