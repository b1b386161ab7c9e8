package dev.starling.server.ring.carrier;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential, with full jitter, so that the callers of a
 * node that comes back don't come at once.
 */
final class Backoff {
  private static final int FIRST_MILLIS = 50;
  private static final int MOST_MILLIS = 2_000;

  private int ceilingMillis = FIRST_MILLIS;

  /** At least 1 ms. */
  int nextMillis(RandomGenerator random) {
    int millis = random.nextInt(1, ceilingMillis + 1);
    ceilingMillis = Math.min(MOST_MILLIS, ceilingMillis * 2);
    return millis;
  }

  void reset() {
    ceilingMillis = FIRST_MILLIS;
  }
}
