package dev.starling.core.room;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room and where, as published to every thread of the node. Immutable; a change makes a
 * new one.
 *
 * @param room the room's name
 * @param sessions public session ids in ascending order; unmodifiable
 * @param places where each of them is served, in the same order; empty where that isn't known
 */
public record RoomView(String room, List<String> sessions, List<Place> places) {

  /** A view of a room with these sessions, already in ascending order, wherever they are. */
  public static RoomView of(String room, List<String> ascending) {
    return new RoomView(room, Arrays.asList(ascending.toArray(String[]::new)), List.of());
  }

  /** A view of a room with these sessions at these places; a copy. */
  public static RoomView of(String room, SortedMap<String, Place> places) {
    return new RoomView(room, List.copyOf(places.keySet()), List.copyOf(places.values()));
  }

  /** A room that nobody is in. */
  public static RoomView empty(String room) {
    return new RoomView(room, List.of(), List.of());
  }

  /** Whether a session is in the room. */
  public boolean contains(String session) {
    return Collections.binarySearch(sessions, session) >= 0;
  }

  /** Where a session of the room is served; null where that isn't known, or it isn't in it. */
  public @Nullable Place placeOf(String session) {
    int at = places.isEmpty() ? -1 : Collections.binarySearch(sessions, session);
    return at < 0 ? null : places.get(at);
  }
}
