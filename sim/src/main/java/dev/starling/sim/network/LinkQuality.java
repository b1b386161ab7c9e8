package dev.starling.sim.network;

/**
 * How a way between two hosts is.
 *
 * @param baseNanos the least time under way
 * @param jitterNanos the mean of what is added, exponentially distributed
 * @param tailShare how often a packet is much later, 0 to 1
 * @param tailNanos the mean of how much
 */
public record LinkQuality(long baseNanos, long jitterNanos, double tailShare, long tailNanos) {
  public LinkQuality {
    if (baseNanos < 0 || jitterNanos < 0 || tailNanos < 0 || tailShare < 0 || tailShare > 1) {
      throw new IllegalArgumentException("a link out of bounds");
    }
  }

  /** A way with a fixed delay. */
  public static LinkQuality fixed(long nanos) {
    return new LinkQuality(nanos, 0, 0, 0);
  }
}
