package dev.starling.core.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rooms a session is in, or on its way into. Not thread-safe. */
final class JoinedRooms {
  /** Stands for no join. */
  private static final long NONE = 0;

  /**
   * Where the session stands with a room.
   *
   * @param joinId the last join that the room hasn't decided on, or {@link #NONE}
   */
  private record Standing(boolean inside, long joinId) {}

  private final int capacity;
  private final TreeMap<String, Standing> rooms = new TreeMap<>();

  /** The client's last leaves, the eldest first; most clients have none. */
  private @Nullable LinkedHashMap<String, Long> lastLeaves;

  JoinedRooms(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the session may enter one more room, or is in that one already. */
  boolean admits(String room) {
    return rooms.size() < capacity || rooms.containsKey(room);
  }

  void entering(String room, long id) {
    rooms.put(room, new Standing(contains(room), id));
  }

  /** The room said yes, which means nothing where the session has left it in the meantime. */
  void entered(String room, long id) {
    rooms.computeIfPresent(
        room, (name, now) -> new Standing(true, now.joinId == id ? NONE : now.joinId));
  }

  /** The room said no to a request; being in already isn't undone by that. */
  void refused(String room, long id) {
    rooms.computeIfPresent(
        room,
        (name, now) -> {
          if (now.joinId != id) {
            return now;
          }
          return now.inside ? new Standing(true, NONE) : null;
        });
  }

  /**
   * The room has put the session out. A join that it hasn't decided on comes after that; every
   * other one, up to {@code lastId}, was before.
   */
  void expelled(String room, long lastId) {
    Standing now = rooms.get(room);
    if (now != null && now.joinId != NONE) {
      rooms.put(room, new Standing(false, now.joinId));
    } else {
      leftBy(lastId + 1, room);
    }
  }

  void left(String room) {
    rooms.remove(room);
  }

  /** The session is to be out, by its request {@code id} or before it. */
  void leftBy(long id, String room) {
    if (rooms.remove(room) != null) {
      if (lastLeaves == null) {
        lastLeaves = new LinkedHashMap<>();
      }
      lastLeaves.remove(room);
      lastLeaves.put(room, id);
      if (lastLeaves.size() > capacity) {
        lastLeaves.pollFirstEntry();
      }
    }
  }

  /** Whether the client has left the room by a later request than {@code id}. */
  boolean leftAfter(long id, String room) {
    Long leave = lastLeaves == null ? null : lastLeaves.get(room);
    return leave != null && leave > id;
  }

  boolean contains(String room) {
    Standing now = rooms.get(room);
    return now != null && now.inside;
  }

  /** The rooms that the session is in, by name. */
  List<String> inside() {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue().inside)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All rooms that may know of the session. */
  List<String> all() {
    return List.copyOf(rooms.keySet());
  }
}
