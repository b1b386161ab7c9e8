package dev.starling.crdt;

/**
 * Dots of one replica that follow on each other.
 *
 * @param first at least 1
 * @param last at least {@code first}, at most {@link Dot#MAX_COUNTER}
 */
public record DotRange(ReplicaId replica, long first, long last) {
  public DotRange {
    if (first < 1 || last < first || last > Dot.MAX_COUNTER) {
      throw new IllegalArgumentException("no range of dots: " + first + " to " + last);
    }
  }

  /** Whether a dot is one of them. */
  public boolean contains(Dot dot) {
    return dot.replica().equals(replica) && first <= dot.counter() && dot.counter() <= last;
  }
}
