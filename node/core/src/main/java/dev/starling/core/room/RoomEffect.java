package dev.starling.core.room;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;

/** What an operation did, in order, before it is decided who hears of it where and when. */
public sealed interface RoomEffect {

  /** The state has taken in a delta; comes before the answer that follows from it. */
  record Merged(RoomDelta delta, RoomChanges changes) implements RoomEffect {}

  /**
   * Members are to be told what a merge changed.
   *
   * @param reason why whoever left by it left
   * @param author who needs not be told, or an empty text
   */
  record Changed(RoomChanges changes, LeaveReason reason, String author) implements RoomEffect {}

  /** A session's request is answered; id 0 for a snapshot. */
  record Answer(String session, long id, ServerMessage message) implements RoomEffect {}

  /** The application's order is answered. */
  record Reported(long ticket, RoomReport report) implements RoomEffect {}

  /** One session is told something that changes no state. */
  record Tell(String session, Event event) implements RoomEffect {}
}
