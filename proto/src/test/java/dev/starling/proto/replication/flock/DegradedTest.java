package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.ServerMessage.Degraded;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DegradedTest {
  private final World world =
      new World(new Choices(4)).region("eu", 3, 1).region("us", 3, 0).start();
  private final String room = world.roomOf("eu-a");

  private static List<Degraded> told(Session session) {
    return session.events().stream()
        .filter(Degraded.class::isInstance)
        .map(Degraded.class::cast)
        .toList();
  }

  @Test
  void membersHearOnceThatARegionIsCutOffAndOnceThatItIsBack() {
    Session ann = world.session("eu-a");
    Session bob = world.session("eu-d");
    Session eve = world.session("us-b");
    List.of(ann, bob, eve).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
    world.cutRegion("us");
    world.pass(30 * Timeline.SECOND);
    for (Session session : List.of(ann, bob)) {
      assertEquals(1, told(session).size());
      List<Outage> outages = told(session).getFirst().degraded();
      assertEquals(List.of("us"), outages.stream().map(Outage::region).toList());
    }
    assertEquals("eu", told(eve).getFirst().degraded().getFirst().region());
    Session late = world.session("eu-d");
    long join = late.join(room);
    world.pass(Timeline.SECOND);
    assertEquals(
        told(bob).getFirst().degraded(),
        assertInstanceOf(Joined.class, late.answer(join)).degraded());
    world.mendRegion("us");
    world.pass(10 * Timeline.SECOND);
    for (Session session : List.of(ann, bob, eve)) {
      assertEquals(2, told(session).size());
      assertEquals(List.of(), told(session).getLast().degraded());
    }
    world.checkEqual(room);
  }

  @Test
  void roomThatIsPinnedElsewhereIsNotDegraded() {
    Session ann = world.session("eu-a");
    ann.residency(List.of("eu"));
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.cutRegion("us");
    world.pass(30 * Timeline.SECOND);
    assertTrue(told(ann).isEmpty());
  }
}
