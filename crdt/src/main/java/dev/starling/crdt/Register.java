package dev.starling.crdt;

/** A last-writer-wins register: of two values the one with the higher stamp stays. Immutable. */
public record Register<V>(Stamp stamp, V value) {

  /** The join of both registers. */
  public Register<V> merge(Register<V> other) {
    return other.stamp.compareTo(stamp) > 0 ? other : this;
  }
}
