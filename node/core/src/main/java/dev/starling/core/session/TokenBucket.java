package dev.starling.core.session;

/**
 * A token bucket that may be overdrawn: refused requests cost too, so that whoever keeps on sending
 * far above the rate sinks below the floor and can be told from one that is a little too fast. Not
 * thread-safe.
 */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final double burst;
  private double level;
  private long filledAtNanos;

  /**
   * @param perSecond the rate in the long run, above 0
   * @param burst how much may be taken at once, above 0; the floor is its negative
   */
  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perNano = perSecond / NANOS_PER_SECOND;
    this.burst = burst;
    this.level = burst;
    this.filledAtNanos = nowNanos;
  }

  /** Takes {@code amount}; false where the bucket is overdrawn by it. */
  boolean take(double amount, long nowNanos) {
    level = Math.min(burst, level + (nowNanos - filledAtNanos) * perNano);
    filledAtNanos = nowNanos;
    level = Math.max(-burst, level - amount);
    return level >= 0;
  }

  /** Whether so much was asked for beyond the rate that the floor is reached. */
  boolean exhausted() {
    return level <= -burst;
  }
}
