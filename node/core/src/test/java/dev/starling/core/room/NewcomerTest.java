package dev.starling.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.crdt.Content;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a newcomer and the others learn of each other. */
final class NewcomerTest {
  private final RoomCore room =
      new RoomCore("r", new ReplicaId("n", 1), new RoomConfig(8, 8, 8, 1), new HybridClock(), 0);

  @Test
  void newcomerIsAnsweredBeforeAnybodyHearsOfIt() {
    enter("ann");
    List<RoomOutput> outputs = enter("bob");
    assertEquals(
        List.of(RoomOutput.Publish.class, RoomOutput.Answer.class, RoomOutput.Tell.class),
        outputs.stream().map(Object::getClass).toList());
  }

  private List<RoomOutput> enter(String session) {
    RoomRequest.Occupant occupant =
        new RoomRequest.Occupant("u of " + session, Role.MEMBER, new ReplicaId("n", 1), "g", 1);
    List<RoomOutput> outputs = new ArrayList<>();
    room.step(
        new RoomRequest.Enter(session, 1, occupant, Content.EMPTY_OBJECT, null),
        List.of(),
        0,
        0,
        outputs::add);
    return outputs;
  }
}
