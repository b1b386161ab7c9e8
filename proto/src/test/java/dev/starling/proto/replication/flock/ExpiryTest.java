package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
  private final World world =
      new World(new Choices(2)).region("eu", 3, 1).region("us", 3, 0).start();
  private final String room = world.roomOf("eu-a");

  private static List<LeaveReason> leaves(Session observer) {
    return observer.events().stream()
        .filter(
            event -> event instanceof MemberChanged changed && changed.event() == MemberEvent.LEFT)
        .map(event -> ((MemberChanged) event).reason())
        .toList();
  }

  @Test
  void memberOfADeadNodeLeavesOnceForEverybodyAfterTheGrace() {
    Session ann = world.session("eu-a");
    Session bob = world.session("us-b");
    Session eve = world.session("eu-d");
    List.of(ann, bob, eve).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.kill("eu-d", true);
    world.pass(4 * Timeline.SECOND);
    assertEquals(List.of(), leaves(ann));
    world.pass(2 * Timeline.SECOND);
    assertEquals(List.of(LeaveReason.TIMEOUT), leaves(ann));
    assertEquals(List.of(LeaveReason.TIMEOUT), leaves(bob));
    world.restart("eu-d");
    world.pass(10 * Timeline.SECOND);
    assertEquals(1, leaves(ann).size());
    world.checkEqual(room);
  }

  @Test
  void memberWhoseHostWasTakenForDeadIsToldThatItIsOut() {
    Session ann = world.session("eu-a");
    Session bob = world.session("eu-d");
    List.of(ann, bob).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.takeForDead("eu-d", true);
    world.pass(6 * Timeline.SECOND);
    world.takeForDead("eu-d", false);
    world.pass(Timeline.SECOND);
    assertEquals(List.of(LeaveReason.TIMEOUT), leaves(ann));
    assertEquals(List.of(LeaveReason.TIMEOUT), leaves(bob));
    assertNull(bob.members(room));
    world.checkEqual(room);
  }

  @Test
  void membersOfTheFormerLifeOfARestartedNodeLeaveAndThoseOfThePresentStay() {
    Session ann = world.session("eu-a");
    Session old = world.session("eu-d");
    List.of(ann, old).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.kill("eu-d", true);
    world.restart("eu-d");
    Session fresh = world.session("eu-d");
    world.pass(Timeline.SECOND);
    fresh.join(room);
    world.pass(8 * Timeline.SECOND);
    assertEquals(List.of(LeaveReason.TIMEOUT), leaves(ann));
    assertNotNull(fresh.members(room));
    world.checkEqual(room);
  }

  @Test
  void nobodyIsTakenOutForARegionThatCannotBeReached() {
    Session ann = world.session("eu-a");
    Session bob = world.session("us-b");
    List.of(ann, bob).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.cutRegion("us");
    world.pass(60 * Timeline.SECOND);
    world.mendRegion("us");
    world.pass(5 * Timeline.SECOND);
    assertEquals(List.of(LeaveReason.REGION), leaves(ann));
    world.checkEqual(room);
  }

  @Test
  void restartOfAllNodesAtOnceLosesNoRoomAndExpiresItsMembers() {
    Session ann = world.session("eu-a");
    ann.join(room);
    world.pass(Timeline.SECOND);
    ann.say(room, "still here?");
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.kill(node.name(), true));
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.restart(node.name()));
    world.pass(10 * Timeline.SECOND);
    assertEquals(0, world.state(world.node("eu-a"), room).size());
    assertEquals(1, world.state(world.node("eu-a"), room).chat().size());
    assertNull(world.node("eu-d").replica(room));
    world.checkEqual(room);
  }
}
