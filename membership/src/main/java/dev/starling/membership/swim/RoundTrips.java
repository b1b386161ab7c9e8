package dev.starling.membership.swim;

import java.util.Arrays;

/** The 99th percentile of the group's last {@value #WINDOW} round trips. */
final class RoundTrips {
  private static final int WINDOW = 128;
  private static final int EVERY = 16;

  private final long[] samples = new long[WINDOW];
  private long count;
  private long percentile;

  void add(long nanos) {
    samples[(int) (count % WINDOW)] = nanos;
    count++;
    // Sorting is left out most times; until the first full look the largest one serves.
    if (count % EVERY == 0) {
      int filled = (int) Math.min(count, WINDOW);
      long[] sorted = Arrays.copyOf(samples, filled);
      Arrays.sort(sorted);
      percentile = sorted[(int) Math.ceil(filled * 0.99) - 1];
    } else if (count < EVERY) {
      percentile = Math.max(percentile, nanos);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Nanoseconds; 0 before the first sample. */
  long percentile99() {
    return percentile;
  }
}
