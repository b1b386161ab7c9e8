package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Mend;
import dev.starling.core.replication.PeerMessage.Repair;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Dot;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Messages that two owners accepted of one request, since the first that was asked stood still:
 * whichever the session wasn't told of is taken out again. Bounded: the eldest are forgotten. Not
 * thread-safe.
 */
final class Twins {
  private static final int MAX = 64;

  private final Room room;
  private final Surroundings at;
  private final LinkedHashMap<Long, String> told = new LinkedHashMap<>();
  private final LinkedHashSet<String> awaited = new LinkedHashSet<>();

  Twins(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
  }

  /** A session was told that a message was accepted. */
  void told(long ticket, String message) {
    told.putLast(ticket, message);
    if (told.size() > MAX) {
      told.pollFirstEntry();
    }
  }

  /** An owner answers a request once more. */
  void accepted(long ticket, String message, String owner) {
    String first = told.get(ticket);
    if (first == null || first.equals(message)) {
      return;
    }
    awaited.addLast(message);
    if (awaited.size() > MAX) {
      awaited.removeFirst();
    }
    heard(room.state.chat().messages(), owner);
  }

  /** Such a message may be among what is new here. */
  void shown(RoomChanges changes, String owner) {
    heard(changes.chat(), owner);
  }

  private void heard(Iterable<ChatMessage> messages, String owner) {
    if (awaited.isEmpty()) {
      return;
    }
    for (ChatMessage message : messages) {
      if (awaited.remove(message.id())) {
        takeOut(message.dot(), owner);
      }
    }
  }

  private void takeOut(Dot twin, String owner) {
    Dot own = room.seen().next(at.self);
    RoomDelta delta = RoomDelta.of(CausalContext.EMPTY.with(twin).with(own));
    Ownership owned = room.ownership();
    if (owned != null) {
      owned.apply(delta);
    } else {
      room.merged(delta, room.state.merge(delta));
      Mend mend = new Mend(room.name, new Change(delta, List.of()), CausalContext.EMPTY);
      at.send(owner, new Repair(room.shard, List.of(mend)));
    }
  }
}
