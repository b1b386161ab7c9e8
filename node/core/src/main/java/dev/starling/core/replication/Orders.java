package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.ReplicationInput.Order;
import dev.starling.core.replication.ReplicationOutput.Reported;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.crdt.RoomDelta;
import java.util.function.Consumer;

/** Carries out what the application asks of rooms that this node serves. Not thread-safe. */
final class Orders {
  private static final Refused NO_SUCH_ROOM =
      new Refused(Code.NO_SUCH_ROOM, "there is no such room");
  private static final Refused ROOM_EXISTS =
      new Refused(Code.ROOM_EXISTS, "the room is there already");
  private static final Refused NOT_HERE =
      new Refused(
          Code.BUSY, "this node doesn't serve the room, or not yet: ask another one, or later");

  private final Surroundings at;
  private final Rooms rooms;
  private final Peers peers;

  Orders(Surroundings at, Rooms rooms, Peers peers) {
    this.at = at;
    this.rooms = rooms;
    this.peers = peers;
  }

  /** Carries an order out; returns the room's name, in which something is under way then. */
  String take(Order order) {
    answer(order, rooms.open(order.room()));
    return order.room();
  }

  private void answer(Order order, Room room) {
    if (!peers.mayOperate(room)) {
      at.emit(new Reported(order.ticket(), NOT_HERE));
      return;
    }
    boolean isThere = !room.isBare() || room.operations.waitingBytes() > 0;
    if (isThere == order.opens()) {
      at.emit(new Reported(order.ticket(), isThere ? ROOM_EXISTS : NO_SUCH_ROOM));
      return;
    }
    room.used(at.nowNanos());
    Ownership owned = rooms.own(room);
    owned.operate(Origin.NOBODY, out -> carryOut(room, order, out));
    owned.settle();
  }

  private void carryOut(Room room, Order order, Consumer<? super RoomEffect> out) {
    RoomReport report = room.operations.order(order.order(), at.epochMillis(), out);
    if (order.order() instanceof RoomOrder.Close) {
      room.operations.denyAll(out);
      RoomDelta emptied = room.emptied();
      out.accept(new RoomEffect.Merged(emptied, room.state.merge(emptied)));
    }
    out.accept(new RoomEffect.Reported(order.ticket(), report));
  }
}
