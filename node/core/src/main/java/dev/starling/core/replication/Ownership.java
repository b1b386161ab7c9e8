package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.Release.Shown;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomRepair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A room at one of its owners: applies operations, has them stored and pushed, and shows and
 * answers them when they can't be lost by the death of one node. Not thread-safe.
 */
final class Ownership {
  private final Room room;
  private final Surroundings at;
  private final Pushes pushes;
  private final AckDebts debts;
  private final Enough enough;
  private final Subscribers subscribers;
  private final Ledger ledger = new Ledger();
  private final Showing showing;
  private final ArrayDeque<Release> releases = new ArrayDeque<>();
  private boolean draining;

  Ownership(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
    this.pushes = new Pushes(room, at);
    this.debts = new AckDebts(room, at, pushes);
    this.enough = new Enough(room, at, pushes);
    this.subscribers = new Subscribers(room, at);
    this.showing = new Showing(room, at);
    pushes.review();
  }

  Pushes pushes() {
    return pushes;
  }

  Subscribers subscribers() {
    return subscribers;
  }

  List<Note> departures(CausalContext dots) {
    return ledger.departures(dots);
  }

  /**
   * A session asks.
   *
   * @param residency what its token pins the room to; empty for nothing
   */
  void ask(RoomRequest request, Origin origin, List<String> residency) {
    Note.Asked before = ledger.of(request.session(), request.id());
    if (request.id() != RoomRequest.NO_ANSWER && before != null && !isAnswerable(request)) {
      again(request, before, origin);
      return;
    }
    operate(origin, out -> room.operations.step(request, residency, at.epochMillis(), out));
  }

  /** Ends the waiting of all in the lobby: those whose node is this one have to ask anew. */
  List<Enter> dismissWaiting() {
    List<Enter> own = new ArrayList<>();
    for (Enter enter : room.operations.lobby().takeAll()) {
      if (showing.waitsHere(enter.session())) {
        own.add(enter);
      }
    }
    return own;
  }

  /** What can be asked again: who is in is told the present state. */
  private boolean isAnswerable(RoomRequest request) {
    return request instanceof RoomRequest.Page
        || request instanceof RoomRequest.Snapshot
        || (request instanceof RoomRequest.Enter && room.state.member(request.session()) != null);
  }

  private void again(RoomRequest request, Note.Asked before, Origin origin) {
    ServerMessage answer;
    if (request instanceof RoomRequest.Enter) {
      answer = new Failed(request.id(), Code.NOT_IN_ROOM, "the room was left since");
    } else if (request instanceof RoomRequest.Say say) {
      ChatMessage message =
          new ChatMessage(before.dot(), before.saidAt(), say.session(), "", Content.EMPTY_OBJECT);
      answer = new Said(say.id(), message.id(), before.saidAt().millis(), 0);
    } else {
      answer = new Done(request.id(), 0, null);
    }
    RoomEffect told = new RoomEffect.Answer(request.session(), request.id(), answer);
    CausalContext dots = CausalContext.EMPTY.with(before.dot());
    if (pushes.holders(dots).size() < 2) {
      // Who came to own the room since acknowledges what is pushed, and nothing else.
      pushes.add(room.difference(room.seen().minus(dots)));
    }
    enqueue(dots, Change.NONE, room.writings.last(), new Shown.Operated(List.of(told), origin));
  }

  /** Carries out an operation of this owner. */
  void operate(Origin origin, Consumer<Consumer<? super RoomEffect>> step) {
    Operation operation = new Operation(room, at, origin);
    step.accept(operation::take);
    Change change = operation.change();
    long sequence = room.writings.last();
    if (!change.delta().isEmpty()) {
      ledger.add(change.notes());
      sequence = room.store(change.delta());
      reviewSettings(change);
      pushes.add(change);
    }
    CausalContext dots = change.delta().context();
    enqueue(dots, change, sequence, new Shown.Operated(operation.effects(), origin));
    pushes.flush();
  }

  /**
   * Another owner tells what happened, or what was missed.
   *
   * @param sentMillis when it was pushed; 0 for what was missed, of which only the region's owners
   *     keep account
   */
  void learn(Change change, String from, long sentMillis) {
    if (sentMillis > 0 || at.isRegional(from)) {
      debts.owe(from, change.delta().context(), sentMillis);
    }
    Room.Taken taken = room.take(change);
    if (taken != null) {
      took(taken);
      // As a whole: what was removed here by other ways may live there.
      pushes.pass(change, from);
    }
    settle();
  }

  /** A node of this region wants to know when some dots are held. */
  void owe(String peer, CausalContext dots) {
    if (at.isRegional(peer)) {
      debts.owe(peer, dots, 0);
      debts.settle();
    }
  }

  /** A node that followed the room, or no owner any more, knows more than its owners. */
  void recover(Change change, String from) {
    Room.Taken taken = room.take(change);
    if (taken != null) {
      took(taken);
      pushes.spread(change, from);
    }
    settle();
  }

  private void took(Room.Taken taken) {
    ledger.add(taken.change().notes());
    long sequence = room.store(taken.change().delta());
    reviewSettings(taken.change());
    enqueue(CausalContext.EMPTY, taken.change(), sequence, new Shown.Learnt(taken.changes()));
    if (room.operations.waitingBytes() > 0) {
      boolean closed = taken.change().notes().stream().anyMatch(Ownership::closes);
      operate(
          Origin.NOBODY,
          out -> {
            if (closed) {
              room.operations.denyAll(out);
            }
            room.operations.reconsider(taken.changes(), at.epochMillis(), out);
          });
    }
  }

  private static boolean closes(Note note) {
    return note instanceof Note.Left left && left.reason() == LeaveReason.CLOSED;
  }

  /** Another owner that has seen the same holds something else. */
  void mend(RoomRepair.Mending mending) {
    RoomChanges changes = room.state.mend(mending);
    if (!changes.isEmpty()) {
      long sequence = room.storeAnew();
      pushes.review();
      enqueue(CausalContext.EMPTY, Change.NONE, sequence, new Shown.Learnt(changes));
      settle();
    }
  }

  /** The regions that may have the room follow from its settings. */
  private void reviewSettings(Change change) {
    if (!change.delta().settings().isEmpty()) {
      pushes.review();
    }
  }

  private void enqueue(CausalContext dots, Change change, long sequence, Shown shown) {
    boolean copies = shown instanceof Shown.Operated;
    releases.add(new Release(dots, copies, sequence, at.nowNanos(), change, room.seen(), shown));
  }

  void acknowledged(String from, CausalContext holds) {
    pushes.acknowledged(from, holds);
    settle();
  }

  /** Everything that waits is looked at again. */
  void settle() {
    debts.settle();
    release();
    subscribers.catchUp(this::unshown);
    pushes.flush();
  }

  /** The dots of what waits to be shown. */
  private CausalContext unshown() {
    CausalContext dots = CausalContext.EMPTY;
    for (Release release : releases) {
      dots = dots.union(release.change().delta().context());
    }
    return dots;
  }

  /** A link is gone. */
  void disconnected(String peer) {
    pushes.relinked(peer);
    debts.forget(peer);
    unsubscribed(peer);
  }

  /** A node asks elsewhere from now on, and has those wait there who wait. */
  void unsubscribed(String peer) {
    subscribers.remove(peer);
    showing.forgetWaiting(peer).forEach(room.operations.lobby()::take);
  }

  private void release() {
    if (draining) {
      return; // What is shown here may have somebody ask at once.
    }
    draining = true;
    for (Release next = releases.peek(); next != null; next = releases.peek()) {
      int copies = room.writings.has(next.sequence()) ? 1 + pushes.holders(next.dots()).size() : 0;
      boolean late = at.nowNanos() - next.sinceNanos() >= at.config.answerNanos();
      boolean held = copies > 0 && (!next.copies() || enough.holds(next, copies));
      if (!held && !late) {
        break;
      }
      releases.remove();
      if (held) {
        showing.show(next, copies);
      } else {
        showing.showUnheld(next);
      }
      subscribers.tell(next.change());
    }
    if (releases.isEmpty() && room.following() != null) {
      room.followed().completeJoins();
    }
    draining = false;
  }

  /** Takes out a member whose host is gone. */
  void expire(String session) {
    operate(Origin.NOBODY, out -> room.operations.expire(session, out));
    settle();
  }

  /** An operation without effects on who is told what: housekeeping. */
  void apply(RoomDelta delta) {
    operate(
        Origin.NOBODY, out -> out.accept(new RoomEffect.Merged(delta, room.state.merge(delta))));
    settle();
  }

  /** Whether all that was seen is shown. */
  boolean isShown() {
    return releases.isEmpty();
  }

  /** Whether nothing waits to be shown. */
  boolean isSettled() {
    return releases.isEmpty() && pushes.isIdle();
  }
}
