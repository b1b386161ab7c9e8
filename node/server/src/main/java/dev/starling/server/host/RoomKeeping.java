package dev.starling.server.host;

import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.replication.DeltaWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rooms of one loop on the disk, where there is one. What the disk refuses counts as kept
 * all the same, since other owners hold it too, and is written as a whole once the disk takes it.
 * On that loop only.
 */
final class RoomKeeping {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NodeHost node;
  private final SharedRooms rooms;
  private final Loop loop;
  private final Function<String, @Nullable RoomReplica> replicas;

  /** Rooms that are being written as a whole, or will be once the disk takes it. */
  private final Set<String> folding = new HashSet<>();

  /** Rooms of which the disk lacks something that no such writing under way has. */
  private final Set<String> behind = new HashSet<>();

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

  private void lacks(RoomDisk disk, String room) {
    behind.add(room);
    if (folding.add(room)) {
      fold(disk, room);
    }
  }

  private void fold(RoomDisk disk, String room) {
    RoomReplica replica = replicas.apply(room);
    if (replica == null || !replica.owned()) {
      behind.remove(room);
      folding.remove(room);
    } else if (disk.takes()) {
      behind.remove(room);
      byte[] state = DeltaWriter.delta(replica.state().full()).toByteArray();
      disk.fold(room, state, loop::run, outcome -> folded(disk, room, outcome));
    } else {
      foldLater(disk, room);
    }
  }

  private void folded(RoomDisk disk, String room, RoomDisk.Outcome outcome) {
    if (outcome == RoomDisk.Outcome.REFUSED) {
      foldLater(disk, room);
    } else if (behind.contains(room)) {
      fold(disk, room);
    } else {
      folding.remove(room);
    }
  }

  private void foldLater(RoomDisk disk, String room) {
    long now = node.clock().nanos();
    loop.runAt(now + AGAIN_NANOS, now, () -> fold(disk, room));
  }

  void forget(String room) {
    RoomDisk disk = rooms.disk();
    if (disk != null) {
      disk.remove(room);
    }
  }
}
