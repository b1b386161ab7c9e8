package dev.starling.core.replication;

import dev.starling.crdt.CausalContext;
import java.util.ArrayDeque;

/** What of a room is being stored, and what is stored. Not thread-safe. */
final class Writings {
  private record Writing(long sequence, CausalContext seen) {}

  private final ArrayDeque<Writing> underWay = new ArrayDeque<>();
  private CausalContext stored;
  private long lastSequence;
  private long storedSequence;

  /**
   * @param stored what is stored already
   */
  Writings(CausalContext stored) {
    this.stored = stored;
  }

  /** All that was seen was stored in an earlier life. */
  void restored(CausalContext seen) {
    stored = seen;
  }

  /** What was stored is removed. */
  void removed() {
    underWay.clear();
    stored = CausalContext.EMPTY;
  }

  /** Something is to be stored, after which all of this is; the number that is told then. */
  long add(CausalContext seen) {
    lastSequence++;
    underWay.add(new Writing(lastSequence, seen));
    return lastSequence;
  }

  /** Everything up to a number is stored. */
  void done(long sequence) {
    while (!underWay.isEmpty() && underWay.getFirst().sequence() <= sequence) {
      Writing done = underWay.removeFirst();
      storedSequence = done.sequence();
      stored = done.seen();
    }
  }

  /** The number of what was to be stored last. */
  long last() {
    return lastSequence;
  }

  /** Whether everything up to a number is stored. */
  boolean has(long sequence) {
    return sequence <= storedSequence;
  }

  /** What is stored. */
  CausalContext stored() {
    return stored;
  }
}
