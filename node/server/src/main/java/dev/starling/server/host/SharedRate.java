package dev.starling.server.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate that many connections share: the generic cell rate algorithm (ITU-T I.371), which needs no
 * more than one number, the time up to which what was taken has used up the rate. Lock-free.
 */
final class SharedRate {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerUnit;
  private final long burstNanos;
  private final AtomicLong usedUpToNanos = new AtomicLong(Long.MIN_VALUE / 2);

  /** How fast somebody is. */
  enum Pace {
    WITHIN,
    /** Above the rate: what it asks for is refused. */
    ABOVE,
    /** As far above it again as a burst is long. */
    FAR_ABOVE
  }

  /**
   * @param perSecond the rate in the long run, above 0
   * @param burst how much may be taken at once, above 0
   */
  SharedRate(double perSecond, double burst) {
    this.nanosPerUnit = NANOS_PER_SECOND / perSecond;
    this.burstNanos = Math.max(1, (long) (burst * nanosPerUnit));
  }

  /** Takes an amount though it be too much, so that whoever goes on sending sinks deeper. */
  Pace take(long amount, long nowNanos) {
    long cost = (long) (amount * nanosPerUnit);
    long floor = nowNanos + 2 * burstNanos;
    long used =
        usedUpToNanos.accumulateAndGet(
            cost, (before, more) -> Math.min(Math.max(before, nowNanos) + more, floor));
    if (used - nowNanos <= burstNanos) {
      return Pace.WITHIN;
    }
    return used < floor ? Pace.ABOVE : Pace.FAR_ABOVE;
  }

  /** Takes one unless that would be too much; false where it is. */
  boolean takeOne(long nowNanos) {
    while (true) {
      long before = usedUpToNanos.get();
      long used = Math.max(before, nowNanos) + Math.max(1, (long) nanosPerUnit);
      if (used - nowNanos > burstNanos) {
        return false;
      }
      if (usedUpToNanos.compareAndSet(before, used)) {
        return true;
      }
    }
  }

  /** Whether one more would be too much. */
  boolean usedUp(long nowNanos) {
    return Math.max(usedUpToNanos.get(), nowNanos) + nanosPerUnit - nowNanos > burstNanos;
  }

  /** Whether it remembers nothing any more. */
  boolean idle(long nowNanos) {
    return usedUpToNanos.get() <= nowNanos;
  }
}
