package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Replayed;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.session.Outbox.Item;
import dev.starling.core.session.Relay.Fate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The receiving side: puts events in one order, writes them as the connection takes them, keeps
 * them until the client confirmed, and writes them again on resume. Where room events had to be
 * dropped, a snapshot of each room stands in for them. Not thread-safe.
 */
final class RelayReceiver {
  /** What may wait for a client when the node is crowded. */
  private static final long LITTLE_BYTES = 16 * 1024;

  private final String self;
  private final Outbox outbox;
  private final SenderLedger ledger;
  private final Emitter emitter;

  /** Rooms whose snapshot is awaited; replaced, and mostly empty. */
  private Set<String> snapshotsDue = Set.of();

  private boolean replaying;
  private boolean writable = true;
  private Snapshots snapshots = Snapshots.NOT_OWED;

  /** Whether events were dropped that a snapshot of each room has to stand in for. */
  private enum Snapshots {
    NOT_OWED,
    OWED,
    /** Sent over the present connection; arrived only when something written later is confirmed. */
    SENT
  }

  RelayReceiver(String self, SessionConfig config, Emitter emitter) {
    this.self = self;
    this.outbox = new Outbox(config.retainedEvents(), config.retainedBytes());
    this.ledger =
        new SenderLedger(config.knownSenders(), config.resumeNanos(), config.rememberedRequests());
    this.emitter = emitter;
  }

  /** About how many bytes events and the memory of senders take up. */
  long heldBytes() {
    return outbox.bytes() + ledger.heldBytes();
  }

  /**
   * Takes another session's event, once.
   *
   * @param crowded whether it is refused where much waits already
   */
  void deliver(Relay.Deliver delivery, boolean inRoom, boolean crowded, long nowNanos) {
    Fate known = ledger.fate(delivery.from(), delivery.id());
    if (known != null) {
      if (known != Fate.CONFIRMED || !outbox.holds(delivery.from(), delivery.id())) {
        answer(delivery.from(), delivery.id(), known);
      }
    } else if (!inRoom) {
      refuse(delivery.from(), delivery.id(), Fate.ABSENT, nowNanos);
    } else if (!(crowded && outbox.bytes() > LITTLE_BYTES)
        && ledger.admits(delivery.from(), nowNanos)
        && outbox.offer(delivery.event(), delivery.from(), delivery.id())) {
      ledger.take(delivery.from(), delivery.id(), nowNanos);
      pump();
    } else {
      refuse(delivery.from(), delivery.id(), Fate.REFUSED, nowNanos);
    }
  }

  private void refuse(String from, long id, Fate reason, long nowNanos) {
    ledger.refuse(from, id, reason, nowNanos);
    answer(from, id, reason);
  }

  /**
   * Takes an event of a room; where there is no place for it the rooms' events give way to a later
   * snapshot.
   */
  void happened(Event event) {
    if (snapshots == Snapshots.OWED && !emitter.attached()) {
      return;
    }
    if (!outbox.offer(event, null, 0)) {
      outbox.dropRoomEvents();
      snapshots = Snapshots.OWED;
      emitter.close(Code.SLOW_CONSUMER, "confirm events, and read faster");
      return;
    }
    pump();
  }

  /** Takes an event back where that is still possible. */
  void withdraw(Relay.Withdraw withdrawal, long nowNanos) {
    String from = withdrawal.from();
    long id = withdrawal.id();
    if (outbox.withdraw(from, id)) {
      refuse(from, id, Fate.WITHDRAWN, nowNanos);
    } else if (outbox.holds(from, id)) {
      answer(from, id, Fate.WRITTEN);
    } else {
      Fate known = ledger.fate(from, id);
      if (known == null) {
        ledger.refuse(from, id, Fate.WITHDRAWN, nowNanos);
      }
      answer(from, id, known == null ? Fate.ABSENT : known);
    }
  }

  /**
   * Drops what the client has taken in, and tells the senders; false for an offset that was never
   * given out.
   */
  boolean confirm(String offset) {
    List<Item> confirmed = outbox.confirm(offset);
    if (confirmed == null) {
      return false;
    }
    if (!confirmed.isEmpty() && snapshots == Snapshots.SENT) {
      snapshots = Snapshots.NOT_OWED;
    }
    for (Item item : confirmed) {
      String sender = item.sender();
      if (sender != null) {
        answer(sender, item.id(), Fate.CONFIRMED);
      }
    }
    return true;
  }

  /** The offset to start from. */
  String confirmedOffset() {
    return outbox.confirmedOffset();
  }

  /** The offset of the last event that the client was sent. */
  String writtenOffset() {
    return outbox.writtenOffset();
  }

  /** Writes again what the client missed, over a new connection, after {@code welcome} was sent. */
  void replay(Collection<String> rooms) {
    writable = true;
    replaying = true;
    outbox.rewind();
    snapshotsDue = Set.of();
    if (snapshots != Snapshots.NOT_OWED) {
      snapshots = rooms.isEmpty() ? Snapshots.NOT_OWED : Snapshots.OWED;
      outbox.dropRoomEvents();
      snapshotsDue = new TreeSet<>(rooms);
      for (String room : rooms) {
        emitter.ask(new RoomRequest.Snapshot(self), room);
      }
    }
    pump();
  }

  /** A room's whole state was sent: what still waits from that room is in it already. */
  void stateSent(String room) {
    if (emitter.attached()) {
      outbox.dropRoomEvents(room);
    }
  }

  /** The state that stands in for dropped events was sent. */
  void snapshotSent(String room) {
    stateSent(room);
    snapshotSettled(room);
  }

  /** The session isn't in the room any more: nothing stands in, and what came last is told. */
  void snapshotRefused(String room) {
    snapshotSettled(room);
  }

  private void snapshotSettled(String room) {
    if (emitter.attached() && snapshotsDue.contains(room)) {
      snapshotsDue.remove(room);
      snapshots = snapshotsDue.isEmpty() ? Snapshots.SENT : Snapshots.OWED;
      pump();
    }
  }

  void writable(boolean now) {
    writable = now;
    pump();
  }

  /** The connection is new and nothing is to be replayed. */
  void start() {
    writable = true;
    pump();
  }

  /** The session is over: senders are told what became of what they sent. */
  void end() {
    for (Item item : outbox.clear()) {
      String sender = item.sender();
      if (sender != null) {
        answer(sender, item.id(), item.everWritten() ? Fate.WRITTEN : Fate.WITHDRAWN);
      }
    }
  }

  private void pump() {
    while (emitter.attached() && writable && snapshotsDue.isEmpty() && outbox.hasWaiting()) {
      Item item = outbox.write();
      if (item != null) {
        emitter.send(item.event(), item.offset());
      }
    }
    if (replaying && emitter.attached() && snapshotsDue.isEmpty() && !outbox.hasWaiting()) {
      replaying = false;
      emitter.send(new Replayed());
    }
  }

  private void answer(String to, long id, Fate fate) {
    emitter.relay(to, new Relay.Outcome(self, id, fate));
  }
}
