package dev.starling.sim.node;

/**
 * A machine's monotonic clock: it starts anywhere and runs a little too fast or too slow. Its rate
 * may change while it runs, and it may jump; it never goes back.
 */
public final class LocalClock {
  private static final double MILLION = 1e6;

  private long baseVirtualNanos;
  private long baseLocalNanos;
  private double rate = 1;

  /**
   * @param offsetNanos what it shows at virtual time 0
   */
  public LocalClock(long offsetNanos) {
    baseLocalNanos = offsetNanos;
  }

  /**
   * From now on it runs so much too fast.
   *
   * @param partsPerMillion negative: too slow; above −500,000
   */
  public void drift(double partsPerMillion, long virtualNanos) {
    if (partsPerMillion <= -MILLION / 2) {
      throw new IllegalArgumentException("a clock that nearly stands still: " + partsPerMillion);
    }
    baseLocalNanos = local(virtualNanos);
    baseVirtualNanos = virtualNanos;
    rate = 1 + partsPerMillion / MILLION;
  }

  /** It goes forward at once, as after a machine's sleep. */
  public void jump(long nanos, long virtualNanos) {
    baseLocalNanos = local(virtualNanos) + nanos;
    baseVirtualNanos = virtualNanos;
  }

  /** What it shows then. */
  public long local(long virtualNanos) {
    long passed = virtualNanos - baseVirtualNanos;
    return baseLocalNanos + (rate == 1 ? passed : (long) (passed * rate));
  }

  /** When it will show that, at the earliest. */
  public long virtual(long localNanos) {
    long passed = localNanos - baseLocalNanos;
    if (rate == 1) {
      return baseVirtualNanos + passed;
    }
    long guess = baseVirtualNanos + (long) (passed / rate);
    while (local(guess) < localNanos) {
      guess++;
    }
    return guess;
  }
}
