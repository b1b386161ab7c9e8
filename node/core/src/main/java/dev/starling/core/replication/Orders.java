package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.replication.PeerMessage.Command;
import dev.starling.core.replication.PeerMessage.Replied;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.ReplicationInput.Order;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.replication.ReplicationOutput.Reported;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomPolicy;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.membership.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the application asks of rooms that this node serves, and passes on what it asks
 * of others, to one owner after the other until one serves the room. Not thread-safe.
 */
final class Orders {
  private static final Refused NO_SUCH_ROOM =
      new Refused(Code.NO_SUCH_ROOM, "there is no such room");
  private static final Refused ROOM_EXISTS =
      new Refused(Code.ROOM_EXISTS, "the room is there already");
  private static final Refused NOBODY =
      new Refused(Code.BUSY, "no owner of the room can be reached, or serves it yet: ask later");
  private static final Refused TOO_MANY = new Refused(Code.BUSY, "too many orders wait for owners");
  private static final Refused NO_ANSWER =
      new Refused(Code.INDETERMINATE, "the room's owner didn't answer; it may have been done");

  private static final class Passed {
    private final Order order;
    private final long sinceNanos;
    private final TreeSet<String> asked = new TreeSet<>();
    private String to = "";

    Passed(Order order, long sinceNanos) {
      this.order = order;
      this.sinceNanos = sinceNanos;
    }
  }

  private final Surroundings at;
  private final Rooms rooms;
  private final Standings standings;
  private final TreeMap<Long, Passed> passed = new TreeMap<>();

  Orders(Surroundings at, Rooms rooms, Standings standings) {
    this.at = at;
    this.rooms = rooms;
    this.standings = standings;
  }

  /** Takes an order of this node's application. */
  void take(Order order) {
    if (standings.mayOperate(order.room())) {
      carryOut(order, Origin.NOBODY);
    } else if (passed.size() >= at.config.maxPending()) {
      at.count(Loss.REQUEST_REFUSED);
      at.emit(new Reported(order.ticket(), TOO_MANY));
    } else {
      Passed fresh = new Passed(order, at.nowNanos());
      long ticket = at.nextTicket();
      passed.put(ticket, fresh);
      passOn(ticket, fresh);
    }
  }

  /** Takes an order of another node's application. */
  void take(String from, Command command) {
    Room room = rooms.get(command.room());
    Origin origin = new Origin(from, command.ticket(), "", 0);
    if (room != null && !room.isAllowedIn(at.view().regionOf(from))) {
      reply(command, from, new Reply.Elsewhere(room.residency()));
    } else if (!standings.mayOperate(command.room())) {
      reply(command, from, new Reply.NotServing());
    } else {
      carryOut(
          new Order(command.room(), command.ticket(), command.order(), command.opens()), origin);
    }
  }

  private void reply(Command command, String to, Reply reply) {
    at.send(to, new Replied(command.room(), command.ticket(), reply));
  }

  private void carryOut(Order order, Origin origin) {
    Room room = rooms.open(order.room());
    Ownership owned = rooms.own(room);
    boolean isThere = !room.operations.policy().isBare() || room.operations.waitingBytes() > 0;
    if (isThere == order.opens()) {
      Refused refusal = isThere ? ROOM_EXISTS : NO_SUCH_ROOM;
      owned.operate(origin, out -> out.accept(new RoomEffect.Reported(order.ticket(), refusal)));
    } else {
      room.used(at.nowNanos());
      owned.operate(origin, out -> carryOut(room, order, out));
    }
    owned.settle();
  }

  private void carryOut(Room room, Order order, Consumer<? super RoomEffect> out) {
    RoomReport report = room.operations.order(order.order(), at.epochMillis(), out);
    if (order.order() instanceof RoomOrder.Close) {
      room.operations.denyAll(out);
      RoomDelta emptied = rooms.emptied(room);
      out.accept(new RoomEffect.Merged(emptied, room.state.merge(emptied)));
    }
    out.accept(new RoomEffect.Reported(order.ticket(), report));
  }

  private void passOn(long ticket, Passed each) {
    Order order = each.order;
    for (String owner : owners(Ring.shardOf(order.room()))) {
      if (each.asked.add(owner)) {
        each.to = owner;
        at.send(owner, new Command(order.room(), ticket, order.order(), order.opens()));
        return;
      }
    }
    end(ticket, NOBODY);
  }

  /** Those of this region, or where it has none, those of the others. */
  private List<String> owners(int shard) {
    List<String> owners = new ArrayList<>(at.regionalOwners(shard));
    if (owners.isEmpty()) {
      at.otherRegions().forEach(region -> owners.addAll(at.view().ring().owners(shard, region)));
    }
    owners.removeIf(owner -> !at.isLinked(owner));
    return owners;
  }

  /** Takes an answer; whether it was to an order. */
  boolean replied(Replied replied) {
    Passed each = passed.get(replied.ticket());
    if (each == null) {
      return false;
    }
    switch (replied.reply()) {
      case Reply.NotServing no -> passOn(replied.ticket(), each);
      case Reply.Counted counted -> end(replied.ticket(), new RoomReport.Done(counted.members()));
      case Reply.Pictured pictured -> end(replied.ticket(), shown(pictured));
      case Reply.Refused refused ->
          end(replied.ticket(), new Refused(refused.code(), refused.message()));
      case Reply.Elsewhere elsewhere -> end(replied.ticket(), keptElsewhere(elsewhere.regions()));
      default -> {} // No owner says this to an order.
    }
    return true;
  }

  private static Refused keptElsewhere(List<String> regions) {
    return new Refused(Code.FORBIDDEN, "ask a node of the regions that keep the room: " + regions);
  }

  private RoomReport shown(Reply.Pictured pictured) {
    RoomState state = new RoomState(at.self, at.config.room().chatMessages());
    state.merge(pictured.present());
    RoomPolicy policy = new RoomPolicy(state, at.config.room().maxMembers());
    return new RoomReport.Shown(policy.settings(), state.members(), pictured.waiting());
  }

  private void end(long ticket, RoomReport report) {
    @Nullable Passed each = passed.remove(ticket);
    if (each != null) {
      at.emit(new Reported(each.order.ticket(), report));
    }
  }

  /** A link is gone: what was asked over it may have been done. */
  void disconnected(String peer) {
    for (var each : new ArrayList<>(passed.entrySet())) {
      Passed order = each.getValue();
      if (order.to.equals(peer) && order.order.order() instanceof RoomOrder.Show) {
        passOn(each.getKey(), order);
      } else if (order.to.equals(peer)) {
        end(each.getKey(), NO_ANSWER);
      }
    }
  }

  /** Looks after orders that wait for long. */
  void tick() {
    for (var each : new ArrayList<>(passed.entrySet())) {
      if (at.nowNanos() - each.getValue().sinceNanos >= at.config.answerNanos()) {
        end(each.getKey(), NO_ANSWER);
      }
    }
  }
}
