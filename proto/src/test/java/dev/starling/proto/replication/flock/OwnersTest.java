package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.ReplicaId;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnersTest {
  private static final long MINUTE = 60 * Timeline.SECOND;

  private final World world = new World(new Choices(6)).region("eu", 5, 1).start();
  private final String room = world.roomOf("eu-a");

  @Test
  void formerOwnerServesUntilTheNewOneHasEverythingAndThenForgetsTheRoom() {
    Session ann = world.session("eu-f");
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.owners(room).forEach(owner -> assertNotNull(owner.replica(room)));
    world.drain("eu-a", true);
    world.pass(400 * Timeline.MILLI);
    long said = ann.say(room, "still served?");
    world.pass(100 * Timeline.MILLI);
    assertNotNull(ann.answer(said));
    world.pass(10 * Timeline.SECOND);
    assertNull(world.node("eu-a").replica(room));
    assertFalse(world.owners(room).contains(world.node("eu-a")));
    assertEquals(3, world.owners(room).size());
    for (Node owner : world.owners(room)) {
      assertEquals(1, world.state(owner, room).chat().size());
    }
    world.checkEqual(room);
  }

  @Test
  void whatAnOwnerTookWithItIsAskedAgainOfAnother() {
    Session ann = world.session("eu-f");
    ann.join(room);
    world.pass(Timeline.SECOND);
    long said = ann.say(room, "did you hear?");
    world.kill("eu-a", false);
    world.pass(8 * Timeline.SECOND);
    assertNotNull(ann.answer(said));
    assertEquals(1, world.state(world.owners(room).getFirst(), room).chat().size());
    world.checkEqual(room);
  }

  @Test
  void requestThatIsOnItsWayHasOneEffectWhereItsNodeComesToOwnTheRoom() {
    Node outside = world.nodes().stream().filter(this::isOutside).findFirst().orElseThrow();
    Session ann = world.session(outside.name());
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.node("eu-a").storeNanos(20 * Timeline.MILLI);
    long said = ann.say(room, "once");
    world.pass(Timeline.MILLI);
    Node other = world.owners(room).get(1);
    other.draining(true);
    world.noticeNow();
    assertTrue(world.owners(room).contains(outside));
    world.pass(Timeline.SECOND);
    assertNotNull(ann.answer(said));
    assertEquals(1, world.state(outside, room).chat().size());
  }

  private boolean isOutside(Node node) {
    return node.isCore() && !world.owners(room).contains(node);
  }

  @Test
  void ownerThatLetARoomGoTakesWhatItMintedThereWhenItOwnsItAgain() {
    Session ann = world.session("eu-f");
    ann.join(room);
    ann.say(room, "minted by the first owner");
    world.pass(Timeline.SECOND);
    world.drain("eu-a", true);
    world.pass(10 * Timeline.SECOND);
    assertNull(world.node("eu-a").replica(room));
    world.drain("eu-a", false);
    world.pass(2 * Timeline.SECOND);
    assertTrue(world.owners(room).contains(world.node("eu-a")));
    world.checkEqual(room);
  }

  @Test
  void removalOfWhatWasNotSeenBringsTheRest() {
    List<Node> owners = world.owners(room);
    Session mod = world.moderator(owners.get(1).name());
    Session ann = world.session("eu-a");
    mod.join(room);
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.links().cut(owners.get(0), owners.get(2));
    ann.describe(room, "not seen by the third owner");
    world.pass(10 * Timeline.MILLI);
    mod.judge(room, Action.KICK, ann.id());
    world.pass(100 * Timeline.MILLI);
    assertEquals(1, world.state(owners.get(2), room).size());
    world.kill("eu-a", false);
    world.pass(5 * Timeline.SECOND);
    world.checkEqual(room);
  }

  @Test
  void whoeverWaitsInTheLobbyGoesOnWaitingAtAnotherOwner() {
    Session mod = world.moderator("eu-b");
    mod.join(room);
    world.pass(Timeline.SECOND);
    mod.configure(room, new SettingsChange(null, null, true, null, null));
    world.pass(Timeline.SECOND);
    Session ann = world.session("eu-f");
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Waiting.class, ann.answer(join));
    world.kill("eu-a", true);
    world.pass(8 * Timeline.SECOND);
    long admit = mod.judge(room, Action.ADMIT, ann.id());
    world.pass(Timeline.SECOND);
    assertInstanceOf(Done.class, mod.answer(admit));
    assertInstanceOf(Joined.class, ann.answer(join));
    world.checkEqual(room);
  }

  @Test
  void replicaThatIsDeadForLongLeavesNothingBehindButWhatItMinted() {
    Session ann = world.session("eu-f");
    ann.join(room);
    ann.say(room, "minted by the first owner");
    world.pass(Timeline.SECOND);
    ReplicaId dead = world.node("eu-a").life();
    world.kill("eu-a", false);
    world.pass(10 * MINUTE);
    Node owner = world.owners(room).getFirst();
    assertTrue(world.state(owner, room).context().replicas().contains(dead));
    world.pass(14 * MINUTE);
    for (Node each : world.owners(room)) {
      assertFalse(world.state(each, room).context().replicas().contains(dead));
      assertEquals(1, world.state(each, room).size());
      assertEquals(1, world.state(each, room).chat().size());
    }
    world.checkEqual(room);
  }

  @Test
  void roomThatNobodyIsInIsEmptiedAndForgottenByAll() {
    Session ann = world.session("eu-f");
    ann.join(room);
    ann.say(room, "bye");
    world.pass(Timeline.SECOND);
    ann.leave(room);
    world.pass(70 * MINUTE);
    for (Node node : world.nodes()) {
      RoomReplica replica = node.replica(room);
      assertNull(replica, node::name);
    }
    ann.join(room);
    world.pass(Timeline.SECOND);
    assertEquals(0, world.state(world.owners(room).getFirst(), room).chat().size());
    world.checkEqual(room);
  }
}
