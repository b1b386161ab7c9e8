package dev.starling.core.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rooms a session is in, or on its way into. Not thread-safe. */
final class JoinedRooms {
  private enum State {
    ENTERING,
    INSIDE
  }

  private final int capacity;
  private final TreeMap<String, State> rooms = new TreeMap<>();

  /** The client's last leaves, the eldest first. */
  private final LinkedHashMap<String, Long> lastLeaves = new LinkedHashMap<>(0);

  JoinedRooms(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the session may enter one more room, or is in that one already. */
  boolean admits(String room) {
    return rooms.size() < capacity || rooms.containsKey(room);
  }

  void entering(String room) {
    rooms.putIfAbsent(room, State.ENTERING);
  }

  /** The room said yes; false where the session has left it in the meantime. */
  boolean entered(String room) {
    return rooms.computeIfPresent(room, (name, state) -> State.INSIDE) != null;
  }

  /** The room said no; being in already isn't undone by that. */
  void refused(String room) {
    rooms.remove(room, State.ENTERING);
  }

  void left(String room) {
    rooms.remove(room);
  }

  /** The client wants to be out, by its request {@code id}. */
  void leftBy(long id, String room) {
    if (rooms.remove(room) != null) {
      lastLeaves.remove(room);
      lastLeaves.put(room, id);
      if (lastLeaves.size() > capacity) {
        lastLeaves.pollFirstEntry();
      }
    }
  }

  /** Whether the client has left the room by a later request than {@code id}. */
  boolean leftAfter(long id, String room) {
    Long leave = lastLeaves.get(room);
    return leave != null && leave > id;
  }

  boolean contains(String room) {
    return rooms.get(room) == State.INSIDE;
  }

  /** The rooms that the session is in, by name. */
  List<String> inside() {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue() == State.INSIDE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All rooms that may know of the session. */
  List<String> all() {
    return List.copyOf(rooms.keySet());
  }
}
