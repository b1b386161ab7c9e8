package dev.starling.core.replication;

import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.ServerMessage.Degraded;
import dev.starling.core.room.RoomOutput;
import java.util.List;

/** Turns what an audience is told into outputs of the node. */
final class Followed {
  private Followed() {}

  static void pass(Surroundings at, String room, RoomOutput output) {
    switch (output) {
      case RoomOutput.Publish publish -> at.emit(new ReplicationOutput.Publish(publish.view()));
      case RoomOutput.Tell tell ->
          at.emit(new ReplicationOutput.Tell(tell.session(), tell.event()));
      case RoomOutput.Answer answer ->
          at.emit(
              new ReplicationOutput.Answer(room, answer.session(), answer.id(), answer.message()));
      case RoomOutput.WakeAt wake -> {}
      case RoomOutput.Vacant vacant -> {}
    }
  }

  /** Whoever is in a room hears which of its regions can't be reached, where that has changed. */
  static void tellOutages(Surroundings at, Room room, List<String> before) {
    List<Outage> outages = at.outages(room);
    List<String> former = before.stream().filter(room::isAllowedIn).toList();
    if (!outages.stream()
        .map(Outage::region)
        .sorted()
        .toList()
        .equals(former.stream().sorted().toList())) {
      Degraded event = new Degraded(room.name, outages);
      for (String session : room.audience.listeners()) {
        at.emit(new ReplicationOutput.Tell(session, event));
      }
    }
  }
}
