package dev.starling.crdt;

/**
 * That a replica is gone for good: what it had minted is minted anew by the living, and its dots
 * leave the context. Of one replica two of these join to one.
 *
 * @param gone the dead one's dots that are spoken of
 * @param after what else must have been seen before they may be forgotten: the dots that replace
 *     them
 * @param atMillis when it was last declared, milliseconds since 1970
 */
public record Retirement(CausalContext gone, CausalContext after, long atMillis) {

  /** The join of both. */
  Retirement merge(Retirement other) {
    return new Retirement(
        gone.union(other.gone), after.union(other.after), Math.max(atMillis, other.atMillis));
  }
}
