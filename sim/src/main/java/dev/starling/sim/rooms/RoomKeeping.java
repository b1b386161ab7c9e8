package dev.starling.sim.rooms;

import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.core.replication.ReplicationOutput;
import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.replication.DeltaReader;
import dev.starling.proto.replication.DeltaWriter;
import dev.starling.sim.node.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps one process's rooms on its machine's disk, as nodes do: what the disk refuses counts as
 * kept all the same, and is written as a whole once the disk takes it; so is a room with many
 * records.
 */
final class RoomKeeping {
  private static final long AGAIN_NANOS = 1_000_000_000;
  private static final int MOST_RECORDS = 64;

  private final RoomNode node;
  private final Disk disk;
  private final ReplicationCore core;
  private final TreeSet<String> folding = new TreeSet<>();

  RoomKeeping(RoomNode node, Disk disk, ReplicationCore core) {
    this.node = node;
    this.disk = disk;
    this.core = core;
  }

  /** What earlier processes have kept. */
  SortedMap<String, RoomDelta> restored() {
    SortedMap<String, RoomDelta> all = new TreeMap<>();
    disk.records()
        .forEach((room, records) -> {
          List<RoomDelta> deltas = new ArrayList<>();
          for (byte[] each : records) {
            deltas.add(Objects.requireNonNull(DeltaReader.delta(Bytes.wrap(each))));
          }
          all.put(room, RoomDelta.join(deltas));
        });
    return all;
  }

  void keep(ReplicationOutput.Store store) {
    disk.append(
        store.room(),
        DeltaWriter.delta(store.delta()).toByteArray(),
        kept -> {
          if (node.lives()) {
            List<byte[]> records = disk.records().getOrDefault(store.room(), List.of());
            if (!kept || records.size() > MOST_RECORDS) {
              fold(store.room());
            }
            node.input(new ReplicationInput.Stored(store.room(), store.sequence()));
          }
        });
  }

  private void fold(String room) {
    RoomReplica replica = core.replica(room);
    if (!node.lives() || replica == null || !replica.owned() || !folding.add(room)) {
      return;
    }
    disk.fold(
        room,
        DeltaWriter.delta(replica.state().full()).toByteArray(),
        kept -> {
          folding.remove(room);
          if (!kept) {
            node.rooms().world().events().after(AGAIN_NANOS, () -> fold(room));
          }
        });
  }
}
