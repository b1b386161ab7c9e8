package dev.starling.crdt;

import java.util.Comparator;

/**
 * The name of one operation: the {@code counter}-th that {@code replica} minted (Almeida et al.,
 * "Delta state replicated data types", 2018, section 7). Counters start at 1 and leave no gap at
 * their origin.
 */
public record Dot(ReplicaId replica, long counter) implements Comparable<Dot> {
  /** The largest counter: a room that a thousand operations a second change gets there never. */
  public static final long MAX_COUNTER = 1L << 62;

  private static final Comparator<Dot> ORDER =
      Comparator.comparing(Dot::replica).thenComparingLong(Dot::counter);

  public Dot {
    if (counter < 1 || counter > MAX_COUNTER) {
      throw new IllegalArgumentException("counter out of bounds: " + counter);
    }
  }

  @Override
  public int compareTo(Dot other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return replica + ":" + counter;
  }
}
