package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.CaughtUp;
import dev.starling.core.replication.PeerMessage.Mend;
import dev.starling.core.replication.PeerMessage.Repair;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.crdt.CausalContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What others lack, as fast as a bucket of tokens allows, so that it never stands in the way of
 * what happens now. Bounded: more is dropped and found again. Not thread-safe.
 */
final class Repairs {
  private static final long SECOND = 1_000_000_000;

  /**
   * To whom and of what; without a room, the end of a shard.
   *
   * @param shard only where there is no room
   */
  private record Place(String peer, @Nullable String room, int shard) {}

  /**
   * What the other side has seen, or of the end of a shard, whether it is served here.
   *
   * @param lacks what it has seen and this side hasn't
   */
  private record Due(CausalContext seen, CausalContext lacks, boolean serving) {}

  private static final class Batch {
    private final List<Mend> mends = new ArrayList<>();
    private long bytes;
  }

  private final Surroundings at;
  private final Rooms rooms;
  private final LinkedHashMap<Place, Batch> batches = new LinkedHashMap<>();
  private final LinkedHashMap<Place, Due> queue = new LinkedHashMap<>();
  private final LinkedHashMap<Place, CausalContext> told = new LinkedHashMap<>();
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
    put(new Place(peer, room, 0), new Due(seen, lacks, false));
  }

  /** Another node is asked for what is lacking here, and told what was seen. */
  void asks(String peer, String room, CausalContext seen) {
    if (told.size() < at.config.maxRepairs()) {
      told.putIfAbsent(new Place(peer, room, 0), seen);
    }
  }

  /**
   * Another node has seen what it sent, and all that it was told of but for what it lacks. What
   * came here meanwhile it may not have seen either.
   */
  void answer(String peer, Room room, Mend mend) {
    Place place = new Place(peer, room.name, 0);
    CausalContext before = told.remove(place);
    if (!mend.lacks().isEmpty()) {
      CausalContext sent = mend.change().delta().context();
      CausalContext seen = before == null ? sent : before.minus(mend.lacks()).union(sent);
      put(place, new Due(seen, CausalContext.EMPTY, false));
    }
  }

  /** Everything of a shard that was added before comes first. */
  void endOfShard(String peer, int shard, boolean serving) {
    put(new Place(peer, null, shard), new Due(CausalContext.EMPTY, CausalContext.EMPTY, serving));
  }

  private void put(Place place, Due due) {
    if (queue.size() >= at.config.maxRepairs() && !queue.containsKey(place)) {
      at.count(Loss.REPAIR_DROPPED);
    } else {
      queue.put(place, due);
    }
  }

  void forget(String peer) {
    queue.keySet().removeIf(place -> place.peer().equals(peer));
    told.keySet().removeIf(place -> place.peer().equals(peer));
  }

  /** Sends what the bucket allows. */
  void drain() {
    refill();
    var each = queue.entrySet().iterator();
    while (each.hasNext() && tokens > 0) {
      Map.Entry<Place, Due> next = each.next();
      String peer = next.getKey().peer();
      if (!at.isLinked(peer)) {
        each.remove();
      } else if (at.takes(peer)) {
        each.remove();
        send(next.getKey(), next.getValue());
      }
    }
    batches.forEach((to, batch) -> at.send(to.peer(), new Repair(to.shard(), batch.mends)));
    batches.clear();
  }

  private void refill() {
    long passed = Math.min(SECOND, at.nowNanos() - filledNanos);
    filledNanos = at.nowNanos();
    long more = passed * at.config.repairBytesPerSecond() / SECOND;
    tokens = Math.min(at.config.repairBurstBytes(), tokens + more);
  }

  private void send(Place place, Due due) {
    String name = place.room();
    if (name == null) {
      flush(new Place(place.peer(), null, place.shard()));
      at.send(place.peer(), new CaughtUp(place.shard(), due.serving()));
      return;
    }
    Room room = rooms.get(name);
    if (room == null || !room.isToldIn(at.view().regionOf(place.peer()))) {
      return;
    }
    Change change = room.difference(due.seen());
    CausalContext lacks = due.lacks().minus(room.seen());
    if (!change.delta().isEmpty() || !lacks.isEmpty()) {
      tokens -= change.bytes();
      put(new Place(place.peer(), null, room.shard), new Mend(name, change, lacks));
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
    return queue.isEmpty();
  }
}
