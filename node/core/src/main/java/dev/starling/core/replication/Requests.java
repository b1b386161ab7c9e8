package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.ReplicationInput.Ask;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomRequest;
import java.util.List;

/** What this node's own sessions ask of rooms, here or at an owner elsewhere. Not thread-safe. */
final class Requests {
  private final Surroundings at;
  private final Rooms rooms;
  private final Standings standings;

  Requests(Surroundings at, Rooms rooms, Standings standings) {
    this.at = at;
    this.rooms = rooms;
    this.standings = standings;
  }

  /** Takes a session's request; whoever asks is answered, now or later. */
  void take(Ask ask) {
    RoomRequest request = ask.request();
    if (isElsewhere(ask)) {
      List<String> urls = at.view().urlsIn(ask.residency());
      ServerMessage answer = Residency.answer(request, ask.residency(), urls);
      if (answer != null) {
        at.emit(new Answer(ask.room(), request.session(), request.id(), answer));
      }
      return;
    }
    Room room = rooms.open(ask.room());
    room.used(at.nowNanos());
    if (request instanceof RoomRequest.Part) {
      room.audience.dismiss(request.session());
    }
    if (standings.mayOperate(room.name)) {
      Origin here = new Origin("", 0, request.session(), request.id());
      Ownership owned = rooms.own(room);
      owned.ask(request, here, ask.residency());
      owned.settle();
    } else if (request instanceof RoomRequest.Page || request instanceof RoomRequest.Snapshot) {
      room.read(request);
    } else if (room.followed().waiting() >= at.config.maxPending()) {
      at.count(Loss.REQUEST_REFUSED);
      Failed busy = new Failed(request.id(), Code.BUSY, "too many requests wait for the room");
      at.emit(new Answer(room.name, request.session(), request.id(), busy));
    } else {
      room.followed().ask(request, ask.residency());
    }
  }

  /** Nothing of such a room comes into being here. */
  private boolean isElsewhere(Ask ask) {
    return Residency.excludes(ask.residency(), at.region)
        && (ask.request() instanceof RoomRequest.Enter || rooms.get(ask.room()) == null);
  }

  /** What waited for an owner while this node was none that serves. */
  void comeHome() {
    for (Room room : rooms.all()) {
      Following following = room.following();
      if (following != null && following.waiting() > 0 && standings.mayOperate(room.name)) {
        Ownership owned = rooms.own(room);
        following.comeHome(owned);
        owned.settle();
      }
    }
  }
}
