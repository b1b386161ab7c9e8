package dev.starling.core.room;

import dev.starling.crdt.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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

  /** A view of a room with these members, already in ascending order of their sessions. */
  public static RoomView ofMembers(String room, List<Member> ascending) {
    List<String> sessions = new ArrayList<>(ascending.size());
    List<Place> places = new ArrayList<>(ascending.size());
    Place last = null;
    for (Member member : ascending) {
      sessions.add(member.session());
      boolean isSame =
          last != null && last.epoch() == member.epoch() && last.node().equals(member.host());
      last = isSame ? last : new Place(member.host(), member.epoch());
      places.add(last);
    }
    return new RoomView(
        room, Collections.unmodifiableList(sessions), Collections.unmodifiableList(places));
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

  /** Whether a member is shown at the place where it is served. */
  boolean shows(Member member) {
    Place place = placeOf(member.session());
    return place != null && place.epoch() == member.epoch() && place.node().equals(member.host());
  }
}
