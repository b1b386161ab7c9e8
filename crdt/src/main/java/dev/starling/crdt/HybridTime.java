package dev.starling.crdt;

/**
 * A hybrid logical time: 48 bits of milliseconds since 1970 and a 16-bit counter, packed so that
 * the order of the numbers is the order of the times (Kulkarni et al., "Logical physical clocks",
 * 2014, section 4).
 *
 * @param packed never negative
 */
public record HybridTime(long packed) implements Comparable<HybridTime> {
  /** Before every time that a clock can give. */
  public static final HybridTime ZERO = new HybridTime(0);

  private static final int COUNTER_BITS = 16;

  /** The largest physical part, in milliseconds: beyond the year 6,000. */
  public static final long MAX_MILLIS = (1L << 47) - 1;

  /** The largest counter. */
  public static final int MAX_COUNTER = (1 << COUNTER_BITS) - 1;

  public HybridTime {
    if (packed < 0) {
      throw new IllegalArgumentException("negative hybrid time: " + packed);
    }
  }

  /** The time with these parts, each within its bounds. */
  public static HybridTime of(long millis, int counter) {
    if (millis < 0 || millis > MAX_MILLIS || counter < 0 || counter > MAX_COUNTER) {
      throw new IllegalArgumentException("out of bounds: " + millis + " ms, counter " + counter);
    }
    return new HybridTime(millis << COUNTER_BITS | counter);
  }

  /** Milliseconds since 1970, UTC. */
  public long millis() {
    return packed >>> COUNTER_BITS;
  }

  /** How many events share the same millisecond before this one. */
  public int counter() {
    return (int) packed & MAX_COUNTER;
  }

  @Override
  public int compareTo(HybridTime other) {
    return Long.compare(packed, other.packed);
  }
}
