package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.CaughtUp;
import dev.starling.core.replication.PeerMessage.Mend;
import dev.starling.core.replication.PeerMessage.Repair;
import dev.starling.core.replication.PeerMessage.RoomSum;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.crdt.CausalContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What others lack, as fast as a bucket of tokens allows, so that it never stands in the way of
 * what happens now. Bounded: single rooms beyond it are dropped and found again; whole shards for
 * new owners take no more room than a place in them. Not thread-safe.
 */
final class Repairs {
  private static final long SECOND = 1_000_000_000;

  /**
   * What the other side has seen.
   *
   * @param lacks what it has seen and this side hasn't
   */
  private record Due(CausalContext seen, CausalContext lacks) {}

  /** A shard on its way to a new owner. */
  private static final class Passage {
    private final TreeMap<String, Long> theirs = new TreeMap<>();
    private final boolean serving;
    private String after = "";

    Passage(List<RoomSum> rooms, boolean serving) {
      rooms.forEach(sum -> theirs.put(sum.room(), sum.summary()));
      this.serving = serving;
    }
  }

  /** What one node is to be sent. */
  private static final class Queue {
    private final LinkedHashMap<String, Due> rooms = new LinkedHashMap<>();
    private final LinkedHashMap<Integer, Passage> shards = new LinkedHashMap<>();

    boolean isEmpty() {
      return rooms.isEmpty() && shards.isEmpty();
    }
  }

  private record Place(String peer, int shard) {}

  private static final class Batch {
    private final List<Mend> mends = new ArrayList<>();
    private long bytes;
  }

  private final Surroundings at;
  private final Rooms rooms;
  private final LinkedHashMap<Place, Batch> batches = new LinkedHashMap<>();
  private final LinkedHashMap<String, Queue> queues = new LinkedHashMap<>();
  private final TreeMap<String, TreeMap<String, CausalContext>> told = new TreeMap<>();
  private int waiting;
  private long tokens;
  private long filledNanos;

  Repairs(Surroundings at, Rooms rooms) {
    this.at = at;
    this.rooms = rooms;
    this.tokens = at.config.repairBurstBytes();
  }

  /** Another node has seen this much of a room. */
  void add(String peer, String room, CausalContext seen) {
    Room mine = rooms.get(room);
    CausalContext lacks = mine == null ? CausalContext.EMPTY : seen.minus(mine.seen());
    put(peer, room, new Due(seen, lacks));
  }

  /** Another node is asked for what is lacking here, and told what was seen. */
  void asks(String peer, String room, CausalContext seen) {
    TreeMap<String, CausalContext> ofPeer = told.computeIfAbsent(peer, first -> new TreeMap<>());
    if (ofPeer.size() < at.config.maxRepairs()) {
      ofPeer.putIfAbsent(room, seen);
    }
  }

  /**
   * Another node has seen what it sent, and all that it was told of but for what it lacks. What
   * came here meanwhile it may not have seen either.
   */
  void answer(String peer, Room room, Mend mend) {
    TreeMap<String, CausalContext> ofPeer = told.get(peer);
    CausalContext before = ofPeer == null ? null : ofPeer.remove(room.name);
    if (!mend.lacks().isEmpty()) {
      CausalContext sent = mend.change().delta().context();
      CausalContext seen = before == null ? sent : before.minus(mend.lacks()).union(sent);
      put(peer, room.name, new Due(seen, CausalContext.EMPTY));
    }
  }

  /**
   * A new owner is to have a whole shard, and to be told when it has.
   *
   * @param has what it has of it already
   * @param serving whether the shard is served here
   */
  void pass(String peer, int shard, List<RoomSum> has, boolean serving) {
    queue(peer).shards.putLast(shard, new Passage(has, serving));
  }

  private void put(String peer, String room, Due due) {
    Queue queue = queue(peer);
    boolean known = queue.rooms.containsKey(room);
    if (waiting >= at.config.maxRepairs() && !known) {
      at.count(Loss.REPAIR_DROPPED);
    } else {
      queue.rooms.put(room, due);
      waiting += known ? 0 : 1;
    }
  }

  private Queue queue(String peer) {
    return queues.computeIfAbsent(peer, absent -> new Queue());
  }

  void forget(String peer) {
    told.remove(peer);
    Queue queue = queues.remove(peer);
    waiting -= queue == null ? 0 : queue.rooms.size();
  }

  /** Sends what the bucket allows; whoever had its turn comes last the next time. */
  void drain() {
    refill();
    for (String peer : List.copyOf(queues.keySet())) {
      if (!at.isLinked(peer)) {
        forget(peer);
      } else if (at.takes(peer) && tokens > 0) {
        Queue queue = queue(peer);
        drain(peer, queue);
        queues.remove(peer);
        if (!queue.isEmpty()) {
          queues.putLast(peer, queue);
        }
      }
    }
    batches.forEach((to, batch) -> at.send(to.peer(), new Repair(to.shard(), batch.mends)));
    batches.clear();
  }

  private void drain(String peer, Queue queue) {
    while (tokens > 0 && !queue.rooms.isEmpty()) {
      Map.Entry<String, Due> next = queue.rooms.pollFirstEntry();
      waiting--;
      send(peer, next.getKey(), next.getValue());
    }
    while (tokens > 0 && !queue.shards.isEmpty()) {
      Map.Entry<Integer, Passage> first = queue.shards.firstEntry();
      if (!step(peer, first.getKey(), first.getValue())) {
        queue.shards.pollFirstEntry();
        flush(new Place(peer, first.getKey()));
        at.send(peer, new CaughtUp(first.getKey(), first.getValue().serving));
      }
    }
  }

  /** Sends the next room of a shard; false after the last. */
  private boolean step(String peer, int shard, Passage passage) {
    Map.Entry<String, Room> next = rooms.ownedIn(shard).higherEntry(passage.after);
    if (next == null) {
      return false;
    }
    passage.after = next.getKey();
    @Nullable Long summary = passage.theirs.get(next.getKey());
    if (summary == null || summary != next.getValue().summary()) {
      send(peer, next.getKey(), new Due(CausalContext.EMPTY, CausalContext.EMPTY));
    }
    return true;
  }

  private void refill() {
    long passed = Math.min(SECOND, at.nowNanos() - filledNanos);
    filledNanos = at.nowNanos();
    long more = passed * at.config.repairBytesPerSecond() / SECOND;
    tokens = Math.min(at.config.repairBurstBytes(), tokens + more);
  }

  private void send(String peer, String name, Due due) {
    Room room = rooms.get(name);
    if (room == null || !room.isToldIn(at.view().regionOf(peer))) {
      return;
    }
    Change change = room.difference(due.seen());
    CausalContext lacks = due.lacks().minus(room.seen());
    if (!change.delta().isEmpty() || !lacks.isEmpty()) {
      tokens -= change.bytes();
      put(new Place(peer, room.shard), new Mend(name, change, lacks));
    }
  }

  /** Rooms of a shard share a message, since they share the names of nodes. */
  private void put(Place to, Mend mend) {
    Batch batch = batches.computeIfAbsent(to, absent -> new Batch());
    batch.mends.add(mend);
    batch.bytes += mend.change().bytes();
    if (batch.bytes >= at.config.batchBytes() || batch.mends.size() == PeerMessage.MAX_ROOMS) {
      flush(to);
    }
  }

  private void flush(Place to) {
    Batch batch = batches.remove(to);
    if (batch != null) {
      at.send(to.peer(), new Repair(to.shard(), batch.mends));
    }
  }

  boolean isEmpty() {
    return queues.isEmpty();
  }
}
