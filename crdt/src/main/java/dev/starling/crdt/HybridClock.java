package dev.starling.crdt;

/**
 * A hybrid logical clock (Kulkarni et al. 2014, algorithm of figure 5): its times never go back,
 * exceed every time received, and stay within the clock skew of physical time. The physical time
 * comes in as an argument. Not thread-safe: one owner.
 */
public final class HybridClock {
  /** How far ahead of one's own clock a time may be that is taken note of, milliseconds. */
  public static final long MAX_AHEAD_MILLIS = 500;

  private HybridTime last = HybridTime.ZERO;

  /**
   * The time of a local event.
   *
   * @param physicalMillis the wall clock, milliseconds since 1970; values out of range are clamped
   */
  public HybridTime tick(long physicalMillis) {
    long physical = Math.clamp(physicalMillis, 0, HybridTime.MAX_MILLIS);
    last = physical > last.millis() ? HybridTime.of(physical, 0) : successor(last);
    return last;
  }

  /**
   * Takes note of a time that a peer or a stored state carried; the next {@link #tick} is above it.
   */
  public void observe(HybridTime seen) {
    if (seen.compareTo(last) > 0) {
      last = seen;
    }
  }

  /**
   * As {@link #observe(HybridTime)}, for a time from outside: one that is more than {@link
   * #MAX_AHEAD_MILLIS} ahead would drag this clock and all that hear of it along.
   *
   * @param physicalMillis the wall clock, milliseconds since 1970
   * @return whether it was taken note of
   */
  public boolean observe(HybridTime seen, long physicalMillis) {
    if (isAhead(seen, physicalMillis)) {
      return false;
    }
    observe(seen);
    return true;
  }

  /** Whether a time is too far ahead of a wall clock to be taken note of. */
  public static boolean isAhead(HybridTime time, long physicalMillis) {
    return time.millis() - MAX_AHEAD_MILLIS > physicalMillis;
  }

  /**
   * One higher as a number, since a full counter carries into the milliseconds; at the end of time
   * it stays.
   */
  private static HybridTime successor(HybridTime time) {
    return new HybridTime(Math.min(time.packed(), Long.MAX_VALUE - 1) + 1);
  }
}
