package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepartureTest {
  private final World world = new World(new Choices(9)).region("eu", 3, 1).start();
  private final String room = world.roomOf("eu-a");
  private final Node edge = world.node("eu-d");

  private Session moderatorOfALobby(String node) {
    Session mod = world.moderator(node);
    mod.join(room);
    world.pass(Timeline.SECOND);
    mod.configure(room, new SettingsChange(null, null, true, null, null));
    world.pass(Timeline.SECOND);
    return mod;
  }

  private static long knocks(Session mod) {
    return mod.events().stream().filter(Knocked.class::isInstance).count();
  }

  @Test
  void endOfASessionIsPassedOnOnce() {
    Session ann = world.session("eu-d");
    Session bob = world.session("eu-d");
    List.of(ann, bob).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    edge.sent().clear();
    ann.end(room);
    world.pass(80 * Timeline.SECOND);
    assertEquals(1, edge.sent().getOrDefault("Forward", 0));
    assertEquals(0, edge.sent().getOrDefault("Subscribe", 0));
    world.checkEqual(room);
  }

  @Test
  void followerIsToldByOneOwnerAlone() {
    Session ann = world.session("eu-d");
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.node("eu-a").stall();
    ann.say(room, "is anybody there?");
    world.pass(3 * Timeline.SECOND);
    world.node("eu-a").goOn();
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> node.sent().clear());
    ann.describe(room, "here");
    world.pass(Timeline.SECOND);
    int told = 0;
    for (Node owner : world.owners(room)) {
      told += owner.sent().getOrDefault("Update", 0);
    }
    assertEquals(1, told);
    world.checkEqual(room);
  }

  @Test
  void whoWaitsAndGoesKnocksNoMore() {
    Session mod = moderatorOfALobby("eu-a");
    Session ann = world.session("eu-d");
    ann.join(room);
    world.pass(Timeline.SECOND);
    assertEquals(1, knocks(mod));
    ann.end(room);
    world.pass(Timeline.SECOND);
    for (Node owner : world.owners(room)) {
      world.links().breakUp(owner, edge);
    }
    world.pass(5 * Timeline.SECOND);
    assertEquals(1, knocks(mod));
    long admit = mod.judge(room, Action.ADMIT, ann.id());
    world.pass(10 * Timeline.SECOND);
    assertInstanceOf(Failed.class, mod.answer(admit));
    assertEquals(1, world.state(world.node("eu-a"), room).size());
  }

  @Test
  void whoWaitsAndLeavesIsTold() {
    moderatorOfALobby("eu-a");
    Session ann = world.session("eu-d");
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    long leave = ann.leave(room);
    world.pass(Timeline.SECOND);
    Failed left = assertInstanceOf(Failed.class, ann.answer(join));
    assertEquals(Code.NOT_IN_ROOM, left.code());
    assertInstanceOf(Done.class, ann.answer(leave));
  }

  @Test
  void sessionWhoseHostWasBelievedToBeDeadHearsThatItIsOut() {
    Session ann = world.session("eu-d");
    Session bob = world.session("eu-a");
    List.of(ann, bob).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.misjudge("eu-d", 7 * Timeline.SECOND);
    world.pass(10 * Timeline.SECOND);
    assertNull(ann.members(room));
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Joined.class, ann.answer(join));
    world.checkEqual(room);
  }

  @Test
  void requestToAnOwnerThatStoodStillHasOneEffect() {
    Session ann = world.session("eu-d");
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.node("eu-a").stall();
    long said = ann.say(room, "once");
    world.pass(3 * Timeline.SECOND);
    Said answer = assertInstanceOf(Said.class, ann.answer(said));
    world.node("eu-a").goOn();
    world.pass(5 * Timeline.SECOND);
    for (Node owner : world.owners(room)) {
      assertEquals(
          List.of(answer.message()),
          world.state(owner, room).chat().messages().stream().map(m -> m.id()).toList());
    }
    world.checkEqual(room);
  }

  @Test
  void everyJoinIsAnsweredEvenWhereItsNodeTakesNothing() {
    Session ann = world.session("eu-d");
    edge.clockAheadMillis(-61_000);
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    long again = ann.join(room);
    world.pass(9 * Timeline.SECOND);
    for (long each : List.of(join, again)) {
      Failed failed = assertInstanceOf(Failed.class, ann.answer(each));
      assertEquals(Code.INDETERMINATE, failed.code());
    }
    edge.clockAheadMillis(0);
    ann.repeat(room, again);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Joined.class, ann.answer(again));
    world.checkEqual(room);
  }

  @Test
  void followerThatComesLateSeesNothingThatOneOwnerAloneHolds() {
    World small = new World(new Choices(9)).region("eu", 2, 2).start();
    String name = small.roomOf("eu-a");
    Session dan = small.session("eu-c");
    dan.join(name);
    small.pass(Timeline.SECOND);
    small.node("eu-b").stall();
    dan.say(name, "not safe yet");
    small.pass(100 * Timeline.MILLI);
    Session eve = small.session("eu-d");
    eve.join(name);
    small.pass(500 * Timeline.MILLI);
    assertEquals(0, small.state(small.node("eu-d"), name).chat().size());
    small.node("eu-b").goOn();
    small.pass(Timeline.SECOND);
    assertEquals(1, small.state(small.node("eu-d"), name).chat().size());
    small.checkEqual(name);
  }
}
