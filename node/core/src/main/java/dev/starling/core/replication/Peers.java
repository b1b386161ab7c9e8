package dev.starling.core.replication;

import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.replication.PeerMessage.Ack;
import dev.starling.core.replication.PeerMessage.Forward;
import dev.starling.core.replication.PeerMessage.Lacking;
import dev.starling.core.replication.PeerMessage.Mend;
import dev.starling.core.replication.PeerMessage.Push;
import dev.starling.core.replication.PeerMessage.Repair;
import dev.starling.core.replication.PeerMessage.Replied;
import dev.starling.core.replication.PeerMessage.Seen;
import dev.starling.core.replication.PeerMessage.Subscribe;
import dev.starling.core.replication.PeerMessage.Update;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomPolicy;
import dev.starling.crdt.CausalContext;
import dev.starling.membership.ring.Ring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what other nodes say. Not thread-safe. */
final class Peers {
  private final Surroundings at;
  private final Rooms rooms;
  private final Standings standings;
  private final AntiEntropy antiEntropy;
  private final Repairs repairs;
  private final Verification verification;
  private final Orders orders;
  private final Errands errands;

  Peers(
      Surroundings at,
      Rooms rooms,
      Standings standings,
      AntiEntropy antiEntropy,
      Repairs repairs,
      Verification verification,
      Orders orders,
      Errands errands) {
    this.at = at;
    this.rooms = rooms;
    this.standings = standings;
    this.antiEntropy = antiEntropy;
    this.repairs = repairs;
    this.verification = verification;
    this.orders = orders;
    this.errands = errands;
  }

  void received(String from, PeerMessage message) {
    switch (message) {
      case Push push -> push(from, push);
      case Ack ack -> ack(from, ack);
      case PeerMessage.ShardSum sum -> antiEntropy.compared(from, sum);
      case PeerMessage.RoomSums sums -> antiEntropy.listed(from, sums);
      case PeerMessage.NextSums next ->
          at.send(from, antiEntropy.sums(next.shard(), next.after(), from));
      case Lacking lacking -> lacking(from, lacking);
      case Repair repair -> repair(from, repair);
      case PeerMessage.CatchUp asked -> standings.catchUp(from, asked, repairs);
      case PeerMessage.CaughtUp done -> standings.caughtUp(from, done.shard(), done.serving());
      case Forward forward -> forward(from, forward);
      case PeerMessage.Doubt doubt -> verification.take(from, doubt);
      case PeerMessage.Command command -> orders.take(from, command);
      case Replied replied -> replied(from, replied);
      case Subscribe subscribe -> subscribe(from, subscribe);
      case PeerMessage.Unsubscribe gone -> {
        Ownership owned = owned(gone.room());
        if (owned != null) {
          owned.unsubscribed(from);
        }
      }
      case Update update -> update(from, update);
      case PeerMessage.Ended ended -> {
        Room room = rooms.get(ended.room());
        if (room != null && room.following() != null) {
          room.followed().turnAway(from, true);
        }
      }
      case PeerMessage.Tell tell -> tell(from, tell);
    }
  }

  private void tell(String from, PeerMessage.Tell tell) {
    Room room = rooms.get(tell.room());
    if (room != null && room.audience.hears(tell.session())) {
      if (tell.event() instanceof Knocked knocked) {
        room.knocks.heard(knocked.member(), from);
      }
      at.emit(new ReplicationOutput.Tell(tell.session(), tell.event()));
    }
  }

  private @Nullable Ownership owned(String name) {
    Room room = rooms.get(name);
    return room == null ? null : room.ownership();
  }

  private void push(String from, Push push) {
    if (isKeptOut(from, push.room(), push.change())) {
      return;
    }
    Room room = rooms.open(push.room());
    Ownership owned = rooms.own(room);
    if (isWhole(room, push.change(), from)) {
      owned.learn(push.change(), from, push.sentMillis());
    } else {
      owned.owe(from, push.change().delta().context());
    }
  }

  /** Asks for everything instead of a change that replaces what wasn't seen here. */
  private boolean isWhole(Room room, Change change, String from) {
    CausalContext seen = room.seen();
    boolean whole = seen.covers(change.replaces());
    if (!whole) {
      repairs.asks(from, room.name, seen);
      at.send(from, new Lacking(room.shard, List.of(new Seen(room.name, seen))));
    }
    return whole;
  }

  /** Nothing of a room goes to a region that it isn't kept in, nor comes from one. */
  private boolean isKeptOut(String from, String name, Change change) {
    Room room = rooms.get(name);
    boolean out =
        RoomPolicy.pinsElsewhere(change.delta(), at.region)
            || (room != null && !room.isAllowedIn(at.view().regionOf(from)));
    if (out) {
      at.count(Loss.NOT_OURS);
    }
    return out;
  }

  private void ack(String from, Ack ack) {
    if (ack.echoMillis() > 0) {
      at.guard.heard(from, ack.echoMillis(), ack.atMillis());
    }
    Ownership owned = owned(ack.room());
    if (owned != null) {
      owned.acknowledged(from, ack.holds());
    }
  }

  private void repair(String from, Repair repair) {
    for (Mend mend : repair.rooms()) {
      if (Ring.shardOf(mend.room()) != repair.shard()) {
        at.count(Loss.NOT_OURS);
      } else if (!isKeptOut(from, mend.room(), mend.change())) {
        Room room = rooms.open(mend.room());
        take(room, mend.change(), from);
        repairs.answer(from, room, mend);
      }
    }
  }

  private void lacking(String from, Lacking asked) {
    for (Seen seen : asked.rooms()) {
      if (Ring.shardOf(seen.room()) != asked.shard()) {
        at.count(Loss.NOT_OURS);
        continue;
      }
      if (standings.owns(asked.shard())) {
        // Whoever hands the room over waits for the acknowledgement.
        Room room = rooms.open(seen.room());
        rooms.own(room).owe(from, seen.context().intersection(room.seen()));
      }
      repairs.add(from, seen.room(), seen.context());
    }
  }

  /** Takes a difference in, whoever it comes from. */
  void take(Room room, Change change, String from) {
    if (room.ownership() == null && room.following() != null && !standings.owns(room.shard)) {
      follow(room, change);
      return;
    }
    Ownership owned = rooms.own(room);
    String region = at.view().regionOf(from);
    if (at.view().ring().owners(room.shard, region).contains(from)) {
      owned.learn(change, from, 0);
    } else {
      owned.recover(change, from);
    }
  }

  private void forward(String from, Forward forward) {
    Room room = rooms.open(forward.room());
    String region = at.view().regionOf(from);
    List<String> pinned = room.residency().isEmpty() ? forward.residency() : room.residency();
    if (Residency.excludes(pinned, region)) {
      reply(from, forward, new Reply.Elsewhere(pinned));
    } else if (!standings.mayOperate(room.name)) {
      reply(from, forward, new Reply.NotServing());
    } else {
      Ownership owned = rooms.own(room);
      var request = forward.request();
      Origin origin = new Origin(from, forward.ticket(), request.session(), request.id());
      owned.ask(request, origin, forward.residency());
      owned.settle();
    }
  }

  private void reply(String to, Forward forward, Reply reply) {
    at.send(to, new Replied(forward.room(), forward.ticket(), reply));
  }

  private void replied(String from, Replied replied) {
    Room room = rooms.get(replied.room());
    boolean taken = orders.replied(replied) || errands.replied(replied);
    if (!taken && room != null && room.following() != null) {
      room.followed().replied(from, replied.ticket(), replied.reply());
    }
  }

  private void subscribe(String from, Subscribe subscribe) {
    Room room = rooms.open(subscribe.room());
    if (!standings.servesRoom(room) || !room.isAllowedIn(at.view().regionOf(from))) {
      at.send(from, new PeerMessage.Ended(room.name));
      return;
    }
    Ownership owned = rooms.own(room);
    owned.subscribers().add(from, subscribe.seen());
    owned.settle();
    CausalContext seen = room.seen();
    if (!seen.covers(subscribe.seen())) {
      // It followed an owner that died with what nobody else had heard.
      repairs.asks(from, room.name, seen);
      at.send(from, new Lacking(room.shard, List.of(new Seen(room.name, seen))));
    }
  }

  private void update(String from, Update update) {
    Room room = rooms.get(update.room());
    if (room == null || isKeptOut(from, room.name, update.change())) {
      return;
    }
    boolean followed = room.following() != null && room.followed().follows(from);
    // It may have been under way when this node became an owner.
    boolean awaited = followed || room.ownership() != null;
    if (awaited && isWhole(room, update.change(), from)) {
      take(room, update.change(), from);
    }
  }

  private void follow(Room room, Change change) {
    Room.Taken taken = room.take(change);
    if (taken != null) {
      room.followed().shown(taken.changes(), new Noted(taken.change()));
    } else {
      room.followed().completeJoins();
    }
  }
}
