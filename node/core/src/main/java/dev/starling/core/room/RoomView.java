package dev.starling.core.room;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Who is in a room, as published to every thread of the node. Immutable; a change makes a new one.
 *
 * @param room the room's name
 * @param sessions public session ids in ascending order; unmodifiable
 */
public record RoomView(String room, List<String> sessions) {

  /** A view of a room with these sessions, already in ascending order. */
  public static RoomView of(String room, List<String> ascending) {
    return new RoomView(room, Arrays.asList(ascending.toArray(String[]::new)));
  }

  /** A room that nobody is in. */
  public static RoomView empty(String room) {
    return new RoomView(room, List.of());
  }

  /** Whether a session is in the room. */
  public boolean contains(String session) {
    return Collections.binarySearch(sessions, session) >= 0;
  }
}
