package dev.starling.proto.replication;

import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.ReplicaId;
import dev.starling.proto.replication.v1.EntryDot;
import dev.starling.proto.replication.v1.Replica;
import dev.starling.proto.replication.v1.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a message that is being written, in the order of first use. */
final class WrittenTables {
  private final Map<ReplicaId, Integer> replicas = new LinkedHashMap<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();

  int replica(ReplicaId replica) {
    return replicas.computeIfAbsent(replica, absent -> replicas.size());
  }

  int name(String name) {
    return names.computeIfAbsent(name, absent -> names.size());
  }

  /** A media type's place plus 1, or 0 for JSON. */
  int type(Content content) {
    return content.type().equals(Content.JSON) ? 0 : name(content.type()) + 1;
  }

  EntryDot dot(Dot dot) {
    return EntryDot.newBuilder()
        .setReplica(replica(dot.replica()))
        .setCounter(dot.counter())
        .build();
  }

  List<Seen> seen(CausalContext context) {
    List<Seen> seen = new ArrayList<>();
    Seen.Builder open = Seen.newBuilder();
    ReplicaId last = null;
    long next = 1;
    for (DotRange range : context.ranges()) {
      if (!range.replica().equals(last)) {
        close(open, seen);
        last = range.replica();
        open = Seen.newBuilder().setReplica(replica(last));
        next = 1;
      }
      open.addRanges(range.first() - next).addRanges(range.last() - range.first());
      next = range.last() + 1;
    }
    close(open, seen);
    return seen;
  }

  private static void close(Seen.Builder open, List<Seen> seen) {
    if (open.getRangesCount() > 0) {
      seen.add(open.build());
    }
  }

  List<Replica> replicas() {
    List<Replica> written = new ArrayList<>();
    for (ReplicaId replica : replicas.keySet()) {
      written.add(
          Replica.newBuilder().setNode(replica.node()).setGeneration(replica.generation()).build());
    }
    return written;
  }

  Iterable<String> names() {
    return names.keySet();
  }
}
