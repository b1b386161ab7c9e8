package dev.starling.proto.replication;

import static dev.starling.proto.replication.ReadTables.check;
import static dev.starling.proto.replication.ReadTables.text;

import dev.starling.core.replication.PeerMessage;
import dev.starling.crdt.Dot;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomRepair;
import dev.starling.proto.replication.v1.Mending;
import dev.starling.proto.replication.v1.Range;
import dev.starling.proto.replication.v1.RangeHash;
import dev.starling.proto.replication.v1.Ranges;
import dev.starling.proto.replication.v1.Verify;
import java.util.ArrayList;
import java.util.List;

/** Reads what owners say who have seen the same and may hold different things. */
final class RepairReader {
  private RepairReader() {}

  static PeerMessage verify(Verify verify) throws MalformedException {
    return new PeerMessage.Verify(text(verify.getRoom()), DeltaReader.digest(verify.getDigest()));
  }

  static PeerMessage ranges(Ranges ranges) throws MalformedException {
    check(ranges.getHashesCount() <= PeerMessage.MAX_ROOMS, "too many ranges");
    List<RoomRepair.RangeHash> hashes = new ArrayList<>(ranges.getHashesCount());
    for (RangeHash each : ranges.getHashesList()) {
      hashes.add(new RoomRepair.RangeHash(range(each.getRange()), each.getHash()));
    }
    return new PeerMessage.Ranges(
        text(ranges.getRoom()), DeltaReader.read(ranges.getContext()), hashes);
  }

  static PeerMessage mending(Mending mending) throws MalformedException {
    RoomDelta entries =
        DeltaReader.read(mending.getEntries(), DeltaReader.tables(mending.getEntries()));
    return new PeerMessage.Mending(
        text(mending.getRoom()),
        range(mending.getRange()),
        new RoomRepair.Mending(DeltaReader.read(mending.getContext()), entries),
        mending.getAsks());
  }

  private static DotRange range(Range range) throws MalformedException {
    check(
        range.getFirst() >= 1
            && range.getLast() >= range.getFirst()
            && range.getLast() <= Dot.MAX_COUNTER,
        "no range of dots");
    ReplicaId replica =
        new ReplicaId(text(range.getReplica().getNode()), range.getReplica().getGeneration());
    return new DotRange(replica, range.getFirst(), range.getLast());
  }
}
