package dev.starling.proto.replication;

import dev.starling.core.replication.PeerMessage;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.RoomRepair;
import dev.starling.proto.replication.v1.Mending;
import dev.starling.proto.replication.v1.Range;
import dev.starling.proto.replication.v1.RangeHash;
import dev.starling.proto.replication.v1.Ranges;
import dev.starling.proto.replication.v1.Verify;

/** Writes what owners say who have seen the same and may hold different things. */
final class RepairWriter {
  private RepairWriter() {}

  static Verify verify(PeerMessage.Verify verify) {
    return Verify.newBuilder()
        .setRoom(verify.room())
        .setDigest(DeltaWriter.digest(verify.digest()))
        .build();
  }

  static Ranges ranges(PeerMessage.Ranges ranges) {
    Ranges.Builder built =
        Ranges.newBuilder()
            .setRoom(ranges.room())
            .setContext(DeltaWriter.context(ranges.context()));
    for (RoomRepair.RangeHash each : ranges.hashes()) {
      built.addHashes(RangeHash.newBuilder().setRange(range(each.range())).setHash(each.hash()));
    }
    return built.build();
  }

  static Mending mending(PeerMessage.Mending mending) {
    return Mending.newBuilder()
        .setRoom(mending.room())
        .setRange(range(mending.range()))
        .setContext(DeltaWriter.context(mending.mending().context()))
        .setEntries(DeltaWriter.delta(mending.mending().entries()))
        .setAsks(mending.asks())
        .build();
  }

  private static Range range(DotRange range) {
    return Range.newBuilder()
        .setReplica(PeerWriter.replica(range.replica()))
        .setFirst(range.first())
        .setLast(range.last())
        .build();
  }
}
