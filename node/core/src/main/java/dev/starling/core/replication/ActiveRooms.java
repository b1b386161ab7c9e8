package dev.starling.core.replication;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The rooms that have something under way which time alone brings on. Not thread-safe. */
final class ActiveRooms {
  private final Surroundings at;
  private final Rooms rooms;
  private final Peers peers;
  private final TreeSet<String> names = new TreeSet<>();

  ActiveRooms(Surroundings at, Rooms rooms, Peers peers) {
    this.at = at;
    this.rooms = rooms;
    this.peers = peers;
  }

  /** Something may be under way in a room. */
  void add(String name) {
    names.add(name);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** By name; a view. */
  NavigableSet<String> names() {
    return names;
  }

  /** Looks at each of them, and no more at those that are at rest. */
  void tick() {
    for (String name : List.copyOf(names)) {
      Room room = rooms.get(name);
      if (room == null || !isUnderWay(room)) {
        names.remove(name);
      }
    }
  }

  private boolean isUnderWay(Room room) {
    Ownership owned = room.ownership();
    Following following = room.following();
    if (room.holdsFuture()) {
      room.due().forEach(change -> peers.take(room, change, at.self.node()));
    }
    if (owned != null) {
      owned.pushes().resend();
      owned.settle();
    }
    if (following != null) {
      following.tick();
    }
    return room.holdsFuture()
        || (owned != null && (!owned.isSettled() || owned.subscribers().anyLags()))
        || (following != null && following.isUnderWay());
  }
}
