package dev.starling.core.replication;

import dev.starling.core.room.RoomOutput;

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
}
