package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.replication.PeerMessage.Forward;
import dev.starling.core.replication.PeerMessage.Subscribe;
import dev.starling.core.replication.PeerMessage.Unsubscribe;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.core.room.Circumstances;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.RoomChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room at a node that doesn't serve it: passes what its sessions ask on to an owner, as often as
 * it takes, follows the room there, and tells its sessions what happens. Not thread-safe.
 */
final class Following {
  private static final class Pending {
    private final RoomRequest request;
    private final List<String> residency;
    private final long sinceNanos;
    private @Nullable String sentTo;
    private long sentNanos;
    private boolean sentOnce;
    private boolean waits;

    Pending(RoomRequest request, List<String> residency, long sinceNanos) {
      this.request = request;
      this.residency = residency;
      this.sinceNanos = sinceNanos;
    }
  }

  private final Room room;
  private final Surroundings at;
  private final TreeMap<Long, Pending> pending = new TreeMap<>();
  private final Joins joins;
  private final Upstream upstream;
  private final Twins twins;
  private boolean subscribed;

  Following(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
    this.upstream = new Upstream(room, at);
    this.joins = new Joins(room, at);
    this.twins = new Twins(room, at);
  }

  /** Whether this node has no reason to follow the room. */
  boolean isIdle() {
    return pending.isEmpty() && joins.isEmpty() && room.audience.isEmpty();
  }

  /** Whether time alone may bring something on: an answer, an owner that can be asked. */
  boolean isUnderWay() {
    return !pending.isEmpty() || !joins.isEmpty() || (!subscribed && lacksOwner());
  }

  private boolean lacksOwner() {
    return room.ownership() == null && !room.audience.isEmpty();
  }

  int waiting() {
    return pending.size();
  }

  /** A session asks something that an owner has to answer. */
  void ask(RoomRequest request, List<String> residency) {
    room.pinnedTo(residency);
    if (request instanceof RoomRequest.Part part) {
      withdraw(part);
    }
    pending.put(at.nextTicket(), new Pending(request, residency, at.nowNanos()));
    dispatch();
  }

  /** Who leaves doesn't go on asking to be let in. */
  private void withdraw(RoomRequest.Part part) {
    List<Long> withdrawn = joins.withdraw(part.session());
    pending
        .values()
        .removeIf(each -> {
          boolean gone =
              each.request instanceof RoomRequest.Enter enter
                  && enter.session().equals(part.session())
                  && enter.occupant().epoch() <= part.epoch();
          if (gone) {
            withdrawn.add(each.request.id());
          }
          return gone;
        });
    if (part.id() != RoomRequest.NO_ANSWER) {
      for (long id : withdrawn) {
        answer(part.session(), id, new Failed(id, Code.NOT_IN_ROOM, "the room was left since"));
      }
    }
  }

  /** Sends what wasn't sent to the present owner yet, in the order in which it was asked. */
  void dispatch() {
    if (isIdle()) {
      return;
    }
    String to = upstream.current(room.residency());
    if (to == null) {
      return;
    }
    if (!subscribed && room.ownership() == null) {
      subscribed = true;
      at.send(to, new Subscribe(room.name, room.seen()));
    }
    pending.forEach((ticket, each) -> {
      if (!to.equals(each.sentTo)) {
        each.sentTo = to;
        each.sentNanos = at.nowNanos();
        each.sentOnce = true;
        at.send(to, new Forward(room.name, ticket, each.request, each.residency));
      }
    });
  }

  /** The owner is gone, or serves no more, or doesn't answer: ask another one. */
  void turnAway(String from, boolean refused) {
    if (!from.equals(upstream.name())) {
      return;
    }
    unsubscribe();
    upstream.leave(refused);
    pending.values().forEach(each -> each.sentTo = null);
    dispatch();
  }

  /** There may be nearer owners. */
  void review() {
    String left = upstream.nameIfFar();
    if (left != null) {
      turnAway(left, false);
    }
    dispatch();
  }

  void replied(String from, long ticket, Reply reply) {
    Pending asked = pending.get(ticket);
    if (asked == null) {
      if (reply instanceof Reply.Accepted said) {
        twins.accepted(ticket, said.message(), from);
      }
      return;
    }
    String session = asked.request.session();
    long id = asked.request.id();
    switch (reply) {
      case Reply.NotServing no -> turnAway(from, true);
      case Reply.Waits waits -> {
        asked.waits = true;
        answer(session, id, new Waiting(id));
      }
      case Reply.Entered entered -> {
        pending.remove(ticket);
        long since = asked.waits ? at.nowNanos() : asked.sinceNanos;
        joins.put(ticket, new Joins.Join(session, id, entered.covers(), entered.copies(), since));
        completeJoins();
      }
      case Reply.Finished done -> end(ticket, new Done(id, done.copies(), null));
      case Reply.Accepted said -> {
        twins.told(ticket, said.message());
        end(ticket, new Said(id, said.message(), said.atMillis(), said.copies()));
      }
      case Reply.Refused refused -> end(ticket, new Failed(id, refused.code(), refused.message()));
      case Reply.Counted counted -> {} // Orders alone are answered so.
      case Reply.Pictured pictured -> {}
      case Reply.Elsewhere elsewhere -> {
        List<String> urls = at.view().urlsIn(elsewhere.regions());
        end(ticket, Residency.answer(asked.request, elsewhere.regions(), urls));
      }
    }
  }

  private void end(long ticket, @Nullable ServerMessage answer) {
    Pending asked = pending.remove(ticket);
    if (asked != null && answer != null && asked.request.id() != RoomRequest.NO_ANSWER) {
      answer(asked.request.session(), asked.request.id(), answer);
    }
  }

  private void answer(String session, long id, ServerMessage message) {
    at.emit(new Answer(room.name, session, id, message));
  }

  /** Looks after requests that wait for long. */
  void tick() {
    for (var each : new ArrayList<>(pending.entrySet())) {
      Pending asked = each.getValue();
      long age = at.nowNanos() - asked.sinceNanos;
      if (age >= at.config.answerNanos() && !asked.waits && !asks(asked, age)) {
        end(each.getKey(), unanswered(asked));
      } else if (asked.sentTo != null
          && !asked.waits
          && at.nowNanos() - asked.sentNanos >= at.config.retryNanos()) {
        turnAway(asked.sentTo, true);
      }
    }
    if (joins.giveUp()) {
      unsubscribe();
    }
    dispatch();
  }

  /** That a session is gone is passed on for longer, since nobody else will. */
  private boolean asks(Pending asked, long age) {
    return asked.request.id() == RoomRequest.NO_ANSWER && age < 8 * at.config.answerNanos();
  }

  private Failed unanswered(Pending asked) {
    return asked.sentOnce
        ? new Failed(asked.request.id(), Code.INDETERMINATE, "no owner of the room answered")
        : new Failed(asked.request.id(), Code.BUSY, "no owner of the room can be reached");
  }

  /** Something is shown that came from elsewhere. */
  void shown(RoomChanges changes, Circumstances of) {
    String owner = upstream.name();
    if (owner != null) {
      twins.shown(changes, owner);
    }
    room.audience.publish(changes, output -> Followed.pass(at, room.name, output));
    List<String> newcomers = joins.answer();
    room.audience.tell(changes, of, output -> Followed.pass(at, room.name, output));
    newcomers.forEach(room.audience::admit);
  }

  /** Tells those that they are in whose joins this replica has seen. */
  void completeJoins() {
    joins.answer().forEach(room.audience::admit);
  }

  /**
   * This node serves the room itself from now on. What an owner has been asked, that one answers.
   */
  void comeHome(Ownership ownership) {
    unsubscribe();
    List<Pending> free = pending.values().stream().filter(each -> each.sentTo == null).toList();
    pending.values().removeIf(each -> each.sentTo == null);
    for (Pending each : free) {
      ownership.ask(each.request, Release.Origin.here(each.request), each.residency);
    }
  }

  void endSubscription() {
    unsubscribe();
    upstream.leave(false);
  }

  /**
   * It is told no more what happens, and nobody waits there any longer; the owner that it asks
   * stays the same.
   */
  void unsubscribe() {
    String name = upstream.name();
    List<Pending> waiting = pending.values().stream().filter(each -> each.waits).toList();
    if (name != null && (subscribed || !waiting.isEmpty())) {
      at.send(name, new Unsubscribe(room.name));
    }
    subscribed = false;
    waiting.forEach(each -> each.sentTo = null);
  }

  /** Whether a node is the one that is followed. */
  boolean follows(String peer) {
    return subscribed && peer.equals(upstream.name());
  }
}
