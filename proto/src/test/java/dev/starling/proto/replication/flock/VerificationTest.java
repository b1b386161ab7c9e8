package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Owners that have seen the same and hold different things. */
final class VerificationTest {
  private final World world =
      new World(new Choices(8)).region("eu", 3, 0).region("us", 3, 0).start();
  private final String room = world.roomOf("eu-a");

  private RoomState at(String node) {
    return world.state(world.node(node), room);
  }

  @Test
  void entryThatOneOwnerLostIsFoundAndMended() {
    Session host = world.moderator("eu-a");
    host.join(room);
    world.pass(Timeline.SECOND);
    for (int i = 0; i < 300; i++) {
      host.describe(room, "the " + i + "th");
    }
    host.configure(room, new SettingsChange(7, true, null, null, null));
    world.pass(10 * Timeline.SECOND);
    for (String victim : List.of("eu-b", "us-a")) {
      RoomState state = at(victim);
      state.merge(RoomDelta.of(CausalContext.of(List.of(state.full().settings().firstKey()))));
    }
    world.pass(30 * Timeline.SECOND);
    assertEquals(at("eu-a").context(), at("eu-b").context());
    assertNotEquals(at("eu-a").full(), at("eu-b").full());
    world.pass(600 * Timeline.SECOND);
    world.checkEqual(room);
    assertEquals(2, at("us-a").settings().size());
    assertTrue(world.nodes().stream().anyMatch(node -> node.losses().containsKey(Loss.CORRUPT)));
  }

  @Test
  void whatIsEqualIsNotMended() {
    Session ann = world.session("us-b");
    ann.join(room);
    world.pass(200 * Timeline.SECOND);
    assertTrue(world.nodes().stream().noneMatch(n -> n.losses().containsKey(Loss.CORRUPT)));
  }
}
