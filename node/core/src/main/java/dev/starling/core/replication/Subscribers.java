package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Ended;
import dev.starling.core.replication.PeerMessage.Update;
import dev.starling.crdt.CausalContext;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /** Brings up to date who lags and takes something now. */
  void catchUp() {
    for (String peer : new ArrayList<>(lagging)) {
      if (at.takes(peer)) {
        lagging.remove(peer);
        Change missed = room.difference(sent.getOrDefault(peer, CausalContext.EMPTY));
        at.send(peer, new Update(room.name, missed));
        sent.put(peer, room.seen());
      }
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
