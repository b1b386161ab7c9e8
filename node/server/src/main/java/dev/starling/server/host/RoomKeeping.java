package dev.starling.server.host;

import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.replication.DeltaWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
  private final ReplicationCore core;
  private final Set<String> folding = new HashSet<>();

  RoomKeeping(NodeHost node, SharedRooms rooms, Loop loop, ReplicationCore core) {
    this.node = node;
    this.rooms = rooms;
    this.loop = loop;
    this.core = core;
  }

  /** Keeps a change, and runs a task behind the present step when that was done. */
  void keep(String room, RoomDelta delta, Runnable kept) {
    RoomDisk disk = rooms.disk();
    if (disk == null) {
      loop.run(kept);
      return;
    }
    disk.append(
        room,
        DeltaWriter.delta(delta).toByteArray(),
        loop::run,
        outcome -> {
          if (outcome != RoomDisk.Outcome.KEPT) {
            fold(disk, room);
          }
          kept.run();
        });
  }

  private void fold(RoomDisk disk, String room) {
    RoomReplica replica = core.replica(room);
    if (replica == null || !replica.owned() || !folding.add(room)) {
      return;
    }
    disk.fold(
        room,
        DeltaWriter.delta(replica.state().full()).toByteArray(),
        loop::run,
        outcome -> {
          folding.remove(room);
          if (outcome == RoomDisk.Outcome.REFUSED) {
            long now = node.clock().nanos();
            loop.runAt(now + AGAIN_NANOS, now, () -> fold(disk, room));
          }
        });
  }

  void forget(String room) {
    RoomDisk disk = rooms.disk();
    if (disk != null) {
      disk.remove(room);
    }
  }
}
