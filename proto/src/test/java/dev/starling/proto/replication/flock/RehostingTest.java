package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.room.Place;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that another node serves from now on, under a higher epoch. */
final class RehostingTest {
  private final World world = new World(new Choices(5)).region("eu", 3, 2).start();
  private final String room = world.roomOf("eu-a");
  private final Session ann = world.session("eu-a");
  private final Session former = world.session("eu-d");

  private Session rehost() {
    ann.join(room);
    former.join(room);
    world.pass(Timeline.SECOND);
    Session again = world.node("eu-e").host(former.id(), false, 2);
    long join = again.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Joined.class, again.answer(join));
    return again;
  }

  private void checkStays(Session again) {
    assertEquals(1, ann.events().size(), () -> "" + ann.events());
    for (Node node : List.of(ann.node(), again.node())) {
      assertEquals(new Place("eu-e", 2), node.viewOf(room).placeOf(again.id()));
    }
    assertNotNull(again.members(room));
    world.checkEqual(room);
  }

  @Test
  void nobodyIsToldThatAnotherNodeServesAMember() {
    checkStays(rehost());
  }

  @Test
  void endOfTheFormerHostingHidesNobody() {
    Session again = rehost();
    long leave = former.leave(room);
    world.pass(5 * Timeline.SECOND);
    assertInstanceOf(Done.class, former.answer(leave));
    checkStays(again);
    assertNull(world.node("eu-d").replica(room));
  }

  @Test
  void deathOfTheFormerHostHidesNobody() {
    Session again = rehost();
    world.kill("eu-d", false);
    world.pass(10 * Timeline.SECOND);
    checkStays(again);
  }

  @Test
  void rehostingAtOneOwnerOutlivesTheExpiryAtAnother() {
    ann.join(room);
    former.join(room);
    world.pass(Timeline.SECOND);
    world.kill("eu-d", false);
    // Just when the grace of four seconds is over.
    world.pass(4_299 * Timeline.MILLI);
    Session again = world.node("eu-b").host(former.id(), false, 2);
    again.join(room);
    world.pass(5 * Timeline.SECOND);
    assertEquals(new Place("eu-b", 2), ann.node().viewOf(room).placeOf(again.id()));
    assertNotNull(again.members(room));
    world.checkEqual(room);
  }
}
