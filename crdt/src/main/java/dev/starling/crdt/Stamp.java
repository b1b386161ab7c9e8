package dev.starling.crdt;

import java.util.Comparator;

/**
 * When and where a value was written: hybrid time, ties broken by replica. Two writes of one
 * replica never share a stamp, because its clock never gives the same time twice.
 */
public record Stamp(HybridTime time, ReplicaId replica) implements Comparable<Stamp> {
  private static final Comparator<Stamp> ORDER =
      Comparator.comparing(Stamp::time).thenComparing(Stamp::replica);

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }
}
