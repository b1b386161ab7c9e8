package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Moved;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidencyTest {
  private final World world =
      new World(new Choices(3)).region("eu", 3, 1).region("us", 3, 1).start();
  private final String room = world.roomOf("eu-a");

  @Test
  void pinnedRoomHasNothingOfItElsewhere() {
    Session ann = world.session("eu-d");
    ann.residency(List.of("eu"));
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    ann.say(room, "for us alone");
    world.pass(10 * Timeline.SECOND);
    Joined joined = assertInstanceOf(Joined.class, ann.answer(join));
    assertEquals(List.of("eu"), joined.settings().residency());
    for (Node node : world.nodes()) {
      if (node.region().equals("us")) {
        assertNull(node.replica(room), node::name);
      }
    }
    world.cutRegion("us");
    world.pass(10 * Timeline.SECOND);
    world.mendRegion("us");
    world.pass(10 * Timeline.SECOND);
    world.living().stream()
        .filter(node -> node.region().equals("us"))
        .forEach(node -> assertNull(node.replica(room), node::name));
  }

  @Test
  void clientElsewhereIsSentToAnAllowedRegion() {
    Session bob = world.session("us-b");
    bob.residency(List.of("eu"));
    long join = bob.join(room);
    world.pass(Timeline.SECOND);
    Moved moved = assertInstanceOf(Moved.class, bob.answer(join));
    assertEquals(List.of("ws://eu-a", "ws://eu-b", "ws://eu-c", "ws://eu-d"), moved.urls());
  }
}
