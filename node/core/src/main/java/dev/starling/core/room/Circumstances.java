package dev.starling.core.room;

import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.LeaveReason;

/** What is known of a change beside what it changed. */
public interface Circumstances {
  /** Why a session left by it. */
  LeaveReason reasonOf(String session);

  /** Whether a session is to be told of an event: not where it caused it itself. */
  boolean concerns(String session, Event event);

  /** A change with one author, and one reason for all who left. */
  record By(LeaveReason reason, String author) implements Circumstances {
    @Override
    public LeaveReason reasonOf(String session) {
      return reason;
    }

    @Override
    public boolean concerns(String session, Event event) {
      return !session.equals(author);
    }
  }
}
