package dev.starling.core.replication;

import dev.starling.core.replication.ReplicationOutput.Closed;
import dev.starling.core.replication.ReplicationOutput.Forget;
import dev.starling.core.room.RoomPolicy;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Dot;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a node, and the contexts of those that it let go: nothing that it minted or removed
 * there may count as new again. Not thread-safe.
 */
final class Rooms {
  /**
   * A room that was let go.
   *
   * @param left all that is known of it: what was seen, and where it is kept
   * @param pinned the regions that it was pinned to
   */
  private record Dormant(RoomDelta left, List<String> pinned) {}

  private final Surroundings at;
  private final TreeMap<String, Room> byName = new TreeMap<>();
  private final TreeMap<Integer, TreeMap<String, Room>> owned = new TreeMap<>();
  private final LinkedHashMap<String, Dormant> dormant = new LinkedHashMap<>();
  private long floor;

  Rooms(Surroundings at) {
    this.at = at;
  }

  @Nullable Room get(String name) {
    return byName.get(name);
  }

  Room open(String name) {
    return byName.computeIfAbsent(
        name,
        absent -> {
          Dormant start = start(name);
          return new Room(name, at, start.left(), start.pinned());
        });
  }

  /**
   * What a room begins with: what was seen when it was let go, or one dot above all that this node
   * may have minted in it, since others may have entries by those.
   */
  private Dormant start(String name) {
    Dormant known = dormant.remove(name);
    if (known != null) {
      return known;
    }
    CausalContext none = CausalContext.EMPTY;
    CausalContext above = floor == 0 ? none : none.with(new Dot(at.self, floor + 1));
    return new Dormant(RoomDelta.of(above), List.of());
  }

  /** The room as one that this node owns. */
  Ownership own(Room room) {
    Ownership now = room.ownership();
    if (now == null) {
      now = new Ownership(room, at);
      room.own(now);
      if (!room.holds().covers(room.seen())) {
        room.store(room.state.full()); // It was followed until now, and isn't on the disk.
      }
      if (room.following() != null) {
        room.followed().unsubscribe(); // From now on owners tell it.
      }
      owned.computeIfAbsent(room.shard, absent -> new TreeMap<>()).put(room.name, room);
    }
    return now;
  }

  /** The room is owned no more; it stays where its sessions follow it. */
  void disown(Room room) {
    room.own(null);
    room.writings.removed();
    TreeMap<String, Room> shard = owned.get(room.shard);
    if (shard != null) {
      shard.remove(room.name);
      if (shard.isEmpty()) {
        owned.remove(room.shard);
      }
    }
    at.emit(new Forget(room.name));
  }

  /** Lets a room go. Where something lives in it, it lives elsewhere. */
  void close(Room room) {
    byName.remove(room.name);
    CausalContext seen = room.seen();
    if (room.operations.policy().isBare() && !seen.isEmpty()) {
      RoomDelta left = room.state.isBlank() ? RoomDelta.of(seen) : room.state.full();
      dormant.putLast(room.name, new Dormant(left, room.residency()));
    } else {
      raise(seen);
    }
    while (dormant.size() > at.config.maxDormant()) {
      raise(dormant.pollFirstEntry().getValue().left().context());
    }
    at.emit(new Closed(room.name));
  }

  private void raise(CausalContext seen) {
    floor = Math.max(floor, seen.next(at.self).counter() - 1);
  }

  /** The owned rooms of a shard, by name; read only. */
  NavigableMap<String, Room> ownedIn(int shard) {
    TreeMap<String, Room> rooms = owned.get(shard);
    return rooms == null
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(rooms);
  }

  /** The shards with owned rooms; a copy. */
  List<Integer> shards() {
    return new ArrayList<>(owned.keySet());
  }

  /** All rooms; a copy. */
  List<Room> all() {
    return new ArrayList<>(byName.values());
  }

  /** How many there are. */
  int size() {
    return byName.size();
  }

  /** Up to some rooms that follow a name, for one round after another; empty after the last. */
  List<Room> after(String name, int most) {
    List<Room> some = new ArrayList<>();
    for (Room room : byName.tailMap(name, false).values()) {
      if (some.size() == most) {
        break;
      }
      some.add(room);
    }
    return some;
  }

  /** Takes in a room that was stored: once there is a view, as something that others may lack. */
  void restore(String name, RoomDelta all) {
    Room room = open(name);
    if (at.viewNumber() == 0) {
      room.restore(all);
      own(room);
    } else {
      own(room).recover(new Change(all, List.of()), at.self.node());
    }
  }

  /**
   * What removes chat, bans and all settings but where the room is kept; a dot of its own has it
   * told to everybody.
   */
  RoomDelta emptied(Room room) {
    RoomState state = room.state;
    RoomDelta all = state.full();
    List<Dot> live = new ArrayList<>();
    all.settings()
        .forEach((dot, setting) -> {
          if (!RoomPolicy.isResidency(setting)) {
            live.add(dot);
          }
        });
    live.addAll(all.chat().keySet());
    live.addAll(all.bans().keySet());
    return RoomDelta.of(CausalContext.of(live).with(state.context().next(at.self)));
  }
}
