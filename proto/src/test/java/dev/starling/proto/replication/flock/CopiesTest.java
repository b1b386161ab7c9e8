package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.property.Choices;
import org.junit.jupiter.api.Test;

final class CopiesTest {
  private final World world = new World(new Choices(1)).region("eu", 3, 1).start();
  private final String room = world.roomOf("eu-a");

  @Test
  void joinIsAnsweredWhenTwoOwnersHoldIt() {
    Session ann = world.session("eu-a");
    long join = ann.join(room);
    assertNull(ann.answer(join));
    world.pass(10 * Timeline.MILLI);
    Joined joined = assertInstanceOf(Joined.class, ann.answer(join));
    assertEquals(2, joined.copies());
    world.pass(Timeline.SECOND);
    world.checkEqual(room);
  }

  @Test
  void memberOnAnotherNodeIsAnsweredAndTold() {
    Session ann = world.session("eu-d");
    Session bob = world.session("eu-b");
    long join = ann.join(room);
    world.pass(10 * Timeline.MILLI);
    assertInstanceOf(Joined.class, ann.answer(join));
    long second = bob.join(room);
    world.pass(10 * Timeline.MILLI);
    Joined joined = assertInstanceOf(Joined.class, bob.answer(second));
    assertEquals(1, joined.members().size());
    assertEquals(1, ann.events().size());
    long said = bob.say(room, "hello");
    long described = ann.describe(room, "busy");
    world.pass(10 * Timeline.MILLI);
    assertInstanceOf(Said.class, bob.answer(said));
    assertInstanceOf(Done.class, ann.answer(described));
    assertEquals(2, ann.events().size());
    ann.leave(room);
    world.pass(Timeline.SECOND);
    world.checkEqual(room);
  }

  @Test
  void nothingIsAnsweredWhileNobodyElseHoldsIt() {
    Session ann = world.session("eu-a");
    world.node("eu-b").storeNanos(3 * Timeline.SECOND);
    world.node("eu-c").storeNanos(3 * Timeline.SECOND);
    long join = ann.join(room);
    world.pass(Timeline.SECOND);
    assertNull(ann.answer(join));
    assertTrue(world.node("eu-a").viewOf(room).sessions().isEmpty());
    world.pass(3 * Timeline.SECOND);
    assertInstanceOf(Joined.class, ann.answer(join));
  }

  @Test
  void nothingIsAnsweredBeforeItIsStoredHere() {
    Session ann = world.session("eu-a");
    world.node("eu-a").storeNanos(3 * Timeline.SECOND);
    long join = ann.join(room);
    world.pass(2 * Timeline.SECOND);
    assertNull(ann.answer(join));
    world.pass(2 * Timeline.SECOND);
    assertInstanceOf(Joined.class, ann.answer(join));
  }

  @Test
  void copyInAnotherZoneIsWaitedForWhereThereIsOne() {
    World wide = new World(new Choices(5)).region("eu", 4, 0).start();
    String crowded = wide.roomOf("eu-a");
    Session ann = wide.session("eu-a");
    wide.owners(crowded).stream()
        .filter(owner -> !owner.zone().equals(wide.node("eu-a").zone()))
        .forEach(owner -> owner.storeNanos(200 * Timeline.MILLI));
    long join = ann.join(crowded);
    wide.pass(100 * Timeline.MILLI);
    assertNull(ann.answer(join));
    wide.pass(300 * Timeline.MILLI);
    assertInstanceOf(Joined.class, ann.answer(join));
  }

  @Test
  void requestThatTooFewHoldIsIndeterminateAndHasOneEffectWhenRepeated() {
    Session ann = world.session("eu-a");
    ann.join(room);
    world.pass(Timeline.SECOND);
    for (Node node : world.nodes()) {
      node.storeNanos(12 * Timeline.SECOND);
    }
    long said = ann.say(room, "once");
    world.pass(9 * Timeline.SECOND);
    Failed failed = assertInstanceOf(Failed.class, ann.answer(said));
    assertEquals(Code.INDETERMINATE, failed.code());
    ann.repeat(room, said);
    world.pass(15 * Timeline.SECOND);
    assertInstanceOf(Said.class, ann.answer(said));
    assertEquals(1, world.state(world.node("eu-b"), room).chat().size());
  }

  @Test
  void nodeThatTakesNothingForAWhileIsToldByOneDifference() {
    Session ann = world.session("eu-a");
    Session bob = world.session("eu-d");
    ann.join(room);
    bob.join(room);
    world.pass(Timeline.SECOND);
    world.node("eu-a").step(new ReplicationInput.Blocked("eu-d"));
    int before = bob.events().size();
    for (int i = 0; i < 5; i++) {
      ann.say(room, "number " + i);
      world.pass(Timeline.SECOND);
    }
    assertEquals(before, bob.events().size());
    world.node("eu-a").step(new ReplicationInput.Ready("eu-d"));
    world.pass(10 * Timeline.MILLI);
    assertEquals(before + 5, bob.events().size());
    world.checkEqual(room);
  }
}
