package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.ReplicationInput.Ask;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomRequest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what sessions of this node ask: carries it out where this node serves the room, and has it
 * passed on otherwise. Not thread-safe.
 */
final class Requests {
  private final Surroundings at;
  private final Rooms rooms;
  private final Standings standings;
  private final Errands errands;

  Requests(Surroundings at, Rooms rooms, Standings standings, Errands errands) {
    this.at = at;
    this.rooms = rooms;
    this.standings = standings;
    this.errands = errands;
  }

  void take(Ask ask) {
    RoomRequest request = ask.request();
    if (isElsewhere(ask)) {
      List<String> urls = at.view().urlsIn(ask.residency());
      answer(ask.room(), request, Residency.answer(request, ask.residency(), urls));
      return;
    }
    Room room = rooms.open(ask.room());
    room.used(at.nowNanos());
    if (request instanceof RoomRequest.Part) {
      room.audience.dismiss(request.session());
    }
    if (errands.take(room, ask)) {
      return;
    }
    if (standings.mayOperate(room.name)) {
      Ownership owned = rooms.own(room);
      owned.ask(request, Origin.here(request), ask.residency());
      owned.settle();
    } else if (request instanceof RoomRequest.Page || request instanceof RoomRequest.Snapshot) {
      read(room, request);
    } else if (room.followed().waiting() >= at.config.maxPending()) {
      at.count(Loss.REQUEST_REFUSED);
      answer(
          room.name,
          request,
          new Failed(request.id(), Code.BUSY, "too many requests wait for the room"));
    } else {
      room.followed().ask(request, ask.residency());
    }
  }

  /** Nothing of such a room comes into being here. */
  private boolean isElsewhere(Ask ask) {
    return Residency.excludes(ask.residency(), at.region)
        && (ask.request() instanceof RoomRequest.Enter || rooms.get(ask.room()) == null);
  }

  private void answer(String room, RoomRequest request, @Nullable ServerMessage message) {
    if (message != null) {
      at.emit(new Answer(room, request.session(), request.id(), message));
    }
  }

  /** What changes nothing is answered from the replica here. */
  private void read(Room room, RoomRequest request) {
    room.operations.step(
        request,
        List.of(),
        at.epochMillis(),
        effect -> {
          if (effect instanceof RoomEffect.Answer answer) {
            ServerMessage shown = Copies.shown(answer.message(), room);
            at.emit(new Answer(room.name, answer.session(), answer.id(), shown));
          }
        });
  }

  /**
   * What waited for an owner while this node was none that serves.
   *
   * @param names the rooms of which anything may be under way
   */
  void comeHome(Collection<String> names) {
    for (String name : names) {
      Room room = rooms.get(name);
      if (room != null && room.waiting() > 0 && standings.mayOperate(name)) {
        Ownership owned = rooms.own(room);
        room.followed().comeHome(owned);
        owned.settle();
      }
    }
  }
}
