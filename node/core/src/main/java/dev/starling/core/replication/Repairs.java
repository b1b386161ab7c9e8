package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.CaughtUp;
import dev.starling.core.replication.PeerMessage.Repair;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.crdt.CausalContext;
import java.util.LinkedHashMap;
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

  /** What the other side has seen, or of the end of a shard, whether it is served here. */
  private record Due(CausalContext seen, boolean serving) {}

  private final Surroundings at;
  private final Rooms rooms;
  private final LinkedHashMap<Place, Due> queue = new LinkedHashMap<>();
  private long tokens;
  private long filledNanos;

  Repairs(Surroundings at, Rooms rooms) {
    this.at = at;
    this.rooms = rooms;
    this.tokens = at.config.repairBurstBytes();
  }

  void add(String peer, String room, CausalContext seen) {
    put(new Place(peer, room, 0), new Due(seen, false));
  }

  /** Everything of a shard that was added before comes first. */
  void endOfShard(String peer, int shard, boolean serving) {
    put(new Place(peer, null, shard), new Due(CausalContext.EMPTY, serving));
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
      at.send(place.peer(), new CaughtUp(place.shard(), due.serving()));
      return;
    }
    Room room = rooms.get(name);
    if (room != null && room.isAllowedIn(at.view().regionOf(place.peer()))) {
      Change change = room.difference(due.seen());
      tokens -= change.bytes();
      at.send(place.peer(), new Repair(name, change, room.seen()));
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
