package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.RoomState;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandoverTest {
  private final World world = new World(new Choices(8)).region("eu", 5, 0).start();
  private final String room = world.roomOf("eu-a");
  private final Node first = world.node("eu-a");
  private final Node follower = follower();

  private Node follower() {
    List<Node> owners = world.owners(room);
    return world.living().stream().filter(node -> !owners.contains(node)).findFirst().orElseThrow();
  }

  private void drain(String name, boolean now) {
    world.drain(name, now);
    world.pass(10 * Timeline.SECOND);
  }

  @Test
  void ownerThatLetARoomGoOwnsItAgainWithAllThatItHadWritten() {
    Session ann = world.session(follower.name());
    ann.join(room);
    world.pass(Timeline.SECOND);
    ann.say(room, "minted by the first owner");
    world.pass(Timeline.SECOND);
    drain("eu-a", true);
    drain("eu-a", false);
    assertTrue(world.owners(room).contains(first));
    assertEquals(1, world.state(first, room).chat().size());
    world.checkEqual(room);
  }

  @Test
  void sessionOfAFormerOwnerEntersThere() {
    Session ann = world.session(follower.name());
    ann.join(room);
    world.pass(Timeline.SECOND);
    drain("eu-a", true);
    Session bob = world.session("eu-a");
    long join = bob.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Joined.class, bob.answer(join));
    world.checkEqual(room);
  }

  @Test
  void followerThatBecomesAnOwnerHasTheRoomOnItsDisk() {
    Session ann = world.session(follower.name());
    ann.join(room);
    world.pass(Timeline.SECOND);
    ann.say(room, "while it followed");
    world.pass(Timeline.SECOND);
    for (Node owner : List.copyOf(world.owners(room))) {
      if (!world.owners(room).contains(follower)) {
        drain(owner.name(), true);
      }
    }
    assertTrue(world.owners(room).contains(follower));
    RoomState stored = follower.stored(room);
    assertNotNull(stored);
    assertEquals(world.state(follower, room).full(), stored.full());
    long said = ann.say(room, "while it owned");
    world.pass(10 * Timeline.SECOND);
    assertNotNull(ann.answer(said));
    assertEquals(world.state(follower, room).full(), stored.full());
    world.checkEqual(room);
  }

  @Test
  void whoWaitsAtAnOwnerThatHandsOverGoesOnWaitingAtItsSuccessor() {
    Node second = world.owners(room).get(1);
    Session mod = world.moderator(second.name());
    mod.join(room);
    world.pass(Timeline.SECOND);
    mod.configure(room, new SettingsChange(null, null, true, null, null));
    world.pass(Timeline.SECOND);
    Session ann = world.session("eu-a");
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Waiting.class, ann.answer(join));
    drain("eu-a", true);
    assertFalse(world.owners(room).contains(first));
    mod.configure(room, new SettingsChange(null, null, false, null, null));
    world.pass(10 * Timeline.SECOND);
    assertInstanceOf(Joined.class, ann.answer(join));
    world.checkEqual(room);
  }
}
