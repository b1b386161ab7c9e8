package dev.starling.membership.region;

import dev.starling.membership.Fact;
import java.util.List;

/** What one bridge has heard of another region. */
final class RegionContact {
  /** Answers in so many hails in a row end a miss: one stray packet doesn't. */
  private static final int ROUNDS_BACK = 2;

  private List<Fact> bridges = List.of();
  private long quietSinceNanos;
  private long lastRoundTripNanos = -1;
  private boolean answeredSinceHail;
  private int roundsAnswered;
  private boolean missed;

  RegionContact(long nowNanos) {
    quietSinceNanos = nowNanos;
  }

  List<Fact> bridges() {
    return bridges;
  }

  void bridges(List<Fact> elected) {
    bridges = elected;
  }

  boolean isMissed() {
    return missed;
  }

  /** Nanoseconds; negative before the first answer. */
  long lastRoundTripNanos() {
    return lastRoundTripNanos;
  }

  /**
   * A bridge answered.
   *
   * @param roundTripNanos negative when it answers an earlier hail
   */
  void answered(long nowNanos, long roundTripNanos) {
    quietSinceNanos = nowNanos;
    if (roundTripNanos >= 0) {
      lastRoundTripNanos = roundTripNanos;
    }
    answeredSinceHail = true;
  }

  /** This node stood still: the silence was its own. */
  void pardon(long nowNanos) {
    quietSinceNanos = nowNanos;
  }

  /**
   * A hail is about to go out.
   *
   * @return whether the region was missed before, or is now, and not the other
   */
  boolean judge(long nowNanos, long missNanos) {
    roundsAnswered = answeredSinceHail ? roundsAnswered + 1 : 0;
    answeredSinceHail = false;
    boolean was = missed;
    if (missed) {
      missed = roundsAnswered < ROUNDS_BACK;
    } else {
      missed = nowNanos - quietSinceNanos >= missNanos;
    }
    return was != missed;
  }
}
