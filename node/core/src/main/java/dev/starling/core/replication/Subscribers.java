package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Ended;
import dev.starling.core.replication.PeerMessage.Update;
import dev.starling.crdt.CausalContext;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The nodes that follow a room at this owner. Who takes nothing for a while gets one difference
 * afterwards instead of a queue. Not thread-safe.
 */
final class Subscribers {
  private final Room room;
  private final Surroundings at;
  private final TreeMap<String, CausalContext> sent = new TreeMap<>();
  private final TreeSet<String> lagging = new TreeSet<>();

  Subscribers(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
  }

  void add(String peer, CausalContext seen) {
    sent.put(peer, seen);
    lagging.add(peer);
  }

  void remove(String peer) {
    sent.remove(peer);
    lagging.remove(peer);
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  /** Tells everybody what is released. */
  void tell(Change change) {
    if (change.delta().isEmpty()) {
      return;
    }
    for (String peer : sent.keySet()) {
      if (lagging.contains(peer) || !at.takes(peer)) {
        lagging.add(peer);
      } else {
        at.send(peer, new Update(room.name, change));
        sent.computeIfPresent(peer, (same, seen) -> seen.union(change.delta().context()));
      }
    }
  }

  /**
   * Brings up to date who lags and takes something now.
   *
   * @param unshown the dots of what isn't to be shown yet
   */
  void catchUp(Supplier<CausalContext> unshown) {
    List<String> takers = lagging.stream().filter(at::takes).toList();
    CausalContext later = takers.isEmpty() ? CausalContext.EMPTY : unshown.get();
    for (String peer : takers) {
      lagging.remove(peer);
      Change missed = room.difference(sent.getOrDefault(peer, CausalContext.EMPTY));
      at.send(peer, new Update(room.name, missed.novel(missed.delta().without(later))));
      sent.put(peer, room.seen().minus(later));
    }
  }

  boolean anyLags() {
    return !lagging.isEmpty();
  }

  /** Sends everybody to other owners. */
  void dismiss() {
    sent.keySet().forEach(peer -> at.send(peer, new Ended(room.name)));
    sent.clear();
    lagging.clear();
  }
}
