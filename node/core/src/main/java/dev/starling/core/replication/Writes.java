package dev.starling.core.replication;

import dev.starling.crdt.CausalContext;
import java.util.ArrayDeque;

/** What of a room is being written to this node's store, and what is there. Not thread-safe. */
final class Writes {
  private record Writing(long sequence, CausalContext seen) {}

  private final ArrayDeque<Writing> writing = new ArrayDeque<>();
  private CausalContext done;
  private long lastSequence;
  private long doneSequence;

  /**
   * @param done what is there already
   */
  Writes(CausalContext done) {
    this.done = done;
  }

  /** What is there comes from an earlier life. */
  void restored(CausalContext seen) {
    done = seen;
  }

  /** The next write's number, by which all that is seen now is there. */
  long begin(CausalContext seen) {
    lastSequence++;
    writing.add(new Writing(lastSequence, seen));
    return lastSequence;
  }

  /** A write is over, and with it all before. */
  void ended(long sequence) {
    while (!writing.isEmpty() && writing.getFirst().sequence() <= sequence) {
      Writing first = writing.removeFirst();
      doneSequence = first.sequence();
      done = first.seen();
    }
  }

  long lastSequence() {
    return lastSequence;
  }

  boolean isDone(long sequence) {
    return sequence <= doneSequence;
  }

  /** What of the room is there. */
  CausalContext done() {
    return done;
  }
}
