package dev.starling.server.host;

import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.replication.DeltaWriter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rooms of one loop on the disk, where there is one. What the disk refuses counts as done
 * all the same, since other owners hold it too, and is made up for once the disk takes it: a room
 * that is owned is written as a whole, another one removed. On that loop only.
 */
final class RoomKeeping {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Removals beyond so many are left to be done when the room has come back and goes again. */
  private static final int MOST_LATER = 65_536;

  private final NodeHost node;
  private final SharedRooms rooms;
  private final Loop loop;
  private final Function<String, @Nullable RoomReplica> replicas;

  /** Rooms that are being brought up to date on the disk, or will be once it takes that. */
  private final Set<String> mending = new HashSet<>();

  /** Rooms of which the disk lacks something that no such writing under way has. */
  private final Set<String> behind = new HashSet<>();

  /** Rooms that are tried again, all at the same time. */
  private final Set<String> later = new LinkedHashSet<>();

  /**
   * @param replicas the rooms as this node has them, or null
   */
  RoomKeeping(
      NodeHost node,
      SharedRooms rooms,
      Loop loop,
      Function<String, @Nullable RoomReplica> replicas) {
    this.node = node;
    this.rooms = rooms;
    this.loop = loop;
    this.replicas = replicas;
  }

  /** Keeps a change, and runs a task behind the present step when that was done. */
  void keep(String room, RoomDelta delta, Runnable kept) {
    RoomDisk disk = rooms.disk();
    if (disk == null) {
      loop.run(kept);
    } else if (disk.takes()) {
      disk.append(
          room,
          DeltaWriter.delta(delta).toByteArray(),
          loop::run,
          outcome -> {
            if (outcome != RoomDisk.Outcome.KEPT) {
              lacks(disk, room);
            }
            kept.run();
          });
    } else {
      lacks(disk, room);
      loop.run(kept);
    }
  }

  /** Keeps a room no longer. */
  void forget(String room) {
    RoomDisk disk = rooms.disk();
    if (disk != null) {
      lacks(disk, room);
    }
  }

  private void lacks(RoomDisk disk, String room) {
    behind.add(room);
    if (mending.add(room)) {
      mend(disk, room);
    }
  }

  private void mend(RoomDisk disk, String room) {
    RoomReplica replica = replicas.apply(room);
    boolean owned = replica != null && replica.owned();
    if (!disk.takes()) {
      if (owned || later.size() < MOST_LATER) {
        mendLater(disk, room);
      } else {
        mending.remove(room);
        behind.remove(room);
      }
      return;
    }
    behind.remove(room);
    Consumer<RoomDisk.Outcome> done = outcome -> mended(disk, room, outcome);
    if (replica == null || !owned) {
      disk.remove(room, loop::run, done);
    } else {
      disk.fold(room, DeltaWriter.delta(replica.state().full()).toByteArray(), loop::run, done);
    }
  }

  private void mended(RoomDisk disk, String room, RoomDisk.Outcome outcome) {
    if (outcome == RoomDisk.Outcome.REFUSED) {
      mendLater(disk, room);
    } else if (behind.contains(room)) {
      mend(disk, room);
    } else {
      mending.remove(room);
    }
  }

  private void mendLater(RoomDisk disk, String room) {
    later.add(room);
    if (later.size() == 1) {
      long now = node.clock().nanos();
      loop.runAt(
          now + AGAIN_NANOS,
          now,
          () -> {
            List<String> due = List.copyOf(later);
            later.clear();
            due.forEach(each -> mend(disk, each));
          });
    }
  }
}
