package dev.starling.proto.replication;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.ReplicaId;
import dev.starling.proto.json.JsonCheck;
import dev.starling.proto.replication.v1.EntryDot;
import dev.starling.proto.replication.v1.Replica;
import dev.starling.proto.replication.v1.Seen;
import java.util.ArrayList;
import java.util.List;

/** The tables of a message that is being read, and what refers to them. */
final class ReadTables {
  /** As deep as a message may be nested. */
  private static final int JSON_DEPTH = 64;

  private final List<ReplicaId> replicas = new ArrayList<>();
  private final List<String> names;
  private final JsonCheck json = new JsonCheck(JSON_DEPTH);
  private int ranges;

  ReadTables(List<Replica> replicas, List<String> names) throws MalformedException {
    check(replicas.size() <= ReplicationBounds.REPLICAS, "too many replicas");
    for (Replica replica : replicas) {
      this.replicas.add(new ReplicaId(text(replica.getNode()), replica.getGeneration()));
    }
    for (String name : names) {
      text(name);
    }
    this.names = names;
  }

  static void check(boolean holds, String rule) throws MalformedException {
    if (!holds) {
      throw new MalformedException(rule);
    }
  }

  static String text(String text) throws MalformedException {
    check(text.length() <= ReplicationBounds.TEXT, "text too long");
    return text;
  }

  static HybridTime time(long packed) throws MalformedException {
    check(packed >= 0, "negative time");
    return new HybridTime(packed);
  }

  ReplicaId replica(int place) throws MalformedException {
    check(place >= 0 && place < replicas.size(), "no such replica");
    return replicas.get(place);
  }

  String name(int place) throws MalformedException {
    check(place >= 0 && place < names.size(), "no such name");
    return names.get(place);
  }

  Dot dot(EntryDot dot) throws MalformedException {
    check(dot.getCounter() >= 1 && dot.getCounter() <= Dot.MAX_COUNTER, "no such dot");
    return new Dot(replica(dot.getReplica()), dot.getCounter());
  }

  Content content(int type, ByteString data) throws MalformedException {
    Bytes bytes = Bytes.wrap(data.toByteArray());
    if (type == 0) {
      check(!bytes.isEmpty() && json.isValue(bytes), "no JSON");
      return Content.json(bytes);
    }
    return new Content(name(type - 1), bytes);
  }

  CausalContext context(List<Seen> all) throws MalformedException {
    List<DotRange> read = new ArrayList<>();
    for (Seen seen : all) {
      ranges += seen.getRangesCount() / 2;
      check(ranges <= ReplicationBounds.RANGES && seen.getRangesCount() % 2 == 0, "ranges");
      ReplicaId replica = replica(seen.getReplica());
      long next = 1;
      for (int i = 0; i < seen.getRangesCount(); i += 2) {
        long first = later(next, seen.getRanges(i));
        long last = later(first, seen.getRanges(i + 1));
        read.add(new DotRange(replica, first, last));
        next = last + 1;
      }
    }
    return CausalContext.ofRanges(read);
  }

  private static long later(long from, long by) throws MalformedException {
    check(by >= 0 && by <= Dot.MAX_COUNTER - from, "counter out of bounds");
    return from + by;
  }

  /** The fields of an entry that this version doesn't know. */
  static Bytes rest(Message entry) {
    return entry.getUnknownFields().asMap().isEmpty()
        ? Bytes.EMPTY
        : Bytes.wrap(entry.getUnknownFields().toByteArray());
  }
}
