package dev.starling.core.session;

import dev.starling.core.protocol.ServerMessage.Event;

/**
 * What sessions say to each other, always to a named session; the same within a node and between
 * nodes.
 */
public sealed interface Relay {

  /**
   * Sender to receiver: take this event. Ids of one sender increase; one at or below the last taken
   * is a repeat.
   *
   * @param from the sender's public id
   * @param id the sender's request id
   * @param again whether it was sent before, and what became of it is in doubt
   */
  record Deliver(String from, long id, Event event, boolean again) implements Relay {
    public Deliver(String from, long id, Event event) {
      this(from, id, event, false);
    }
  }

  /** Sender to receiver: forget it, unless it was written already. */
  record Withdraw(String from, long id) implements Relay {}

  /**
   * Receiver to sender: what became of a delivery.
   *
   * @param from the receiver's public id
   * @param id the sender's request id
   */
  record Outcome(String from, long id, Fate fate) implements Relay {}

  /** What became of a delivery. */
  enum Fate {
    /** The receiver's client took it in. */
    CONFIRMED,
    /** The receiver isn't there, or not in the room; nothing was written. */
    ABSENT,
    /** The receiver has too much waiting; nothing was kept. */
    REFUSED,
    /** Taken back, and never written. */
    WITHDRAWN,
    /** Written at least once and not confirmed. */
    WRITTEN
  }
}
