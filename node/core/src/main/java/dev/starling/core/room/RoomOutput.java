package dev.starling.core.room;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;

/** What a room wants done. */
public sealed interface RoomOutput {

  /** Publish a new view; comes before the events that follow from it. */
  record Publish(RoomView view) implements RoomOutput {}

  /** Answer a session's request; id 0 for a snapshot. */
  record Answer(String session, long id, ServerMessage message) implements RoomOutput {}

  /** Tell one member what happened. */
  record Tell(String session, Event event) implements RoomOutput {}

  /** Step with {@link RoomCore#wake} at this time; a later one replaces it. */
  record WakeAt(long nanos) implements RoomOutput {}

  /** Nobody has been here for long: the room can be forgotten. */
  record Vacant(String room) implements RoomOutput {}
}
