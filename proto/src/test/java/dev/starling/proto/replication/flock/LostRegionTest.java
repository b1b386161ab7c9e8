package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.room.Place;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members of one region see of those of another that can't be reached. */
final class LostRegionTest {
  private final World world =
      new World(new Choices(6)).region("eu", 3, 1).region("us", 3, 1).start();
  private final String room = world.roomOf("eu-a");
  private final Session ann = world.session("eu-a");
  private final Session bob = world.session("eu-d");
  private final Session eve = world.session("us-b");
  private final Session fay = world.session("us-d");

  @BeforeEach
  void join() {
    List.of(ann, bob, eve, fay).forEach(session -> session.join(room));
    world.pass(Timeline.SECOND);
  }

  /** What a session was told of others since it was asked last. */
  private static List<String> news(Session session) {
    List<String> told = new ArrayList<>();
    for (var event : session.events()) {
      if (event instanceof MemberChanged changed) {
        LeaveReason reason = changed.reason();
        told.add(
            (changed.event() == MemberEvent.LEFT ? "-" + reason + " " : "+")
                + changed.member().session());
      }
    }
    session.events().clear();
    return told;
  }

  private void forgetNews() {
    List.of(ann, bob, eve, fay).forEach(session -> session.events().clear());
  }

  private static String left(Session session) {
    return "-REGION " + session.id();
  }

  private static String joined(Session session) {
    return "+" + session.id();
  }

  @Test
  void membersOfALostRegionLeaveOnceAfterTenSecondsAndComeOnceOnHeal() {
    forgetNews();
    world.cutRegion("us");
    world.pass(13 * Timeline.SECOND);
    assertEquals(List.of(), news(ann));
    world.pass(2 * Timeline.SECOND);
    for (Session session : List.of(ann, bob)) {
      assertEquals(List.of(left(eve), left(fay)), news(session));
      assertEquals(List.of(ann.id(), bob.id()), session.node().viewOf(room).sessions());
    }
    assertEquals(List.of(left(ann), left(bob)), news(fay));
    assertEquals(4, world.state(world.node("eu-a"), room).size());
    world.pass(60 * Timeline.SECOND);
    world.mendRegion("us");
    world.pass(5 * Timeline.SECOND);
    for (Session session : List.of(ann, bob)) {
      assertEquals(List.of(joined(eve), joined(fay)), news(session));
    }
    assertEquals(List.of(joined(ann), joined(bob)), news(fay));
    world.checkEqual(room);
  }

  @Test
  void shortOutageHidesNobody() {
    forgetNews();
    world.cutRegion("us");
    world.pass(12 * Timeline.SECOND);
    world.mendRegion("us");
    world.pass(20 * Timeline.SECOND);
    for (Session session : List.of(ann, bob, eve, fay)) {
      assertEquals(List.of(), news(session));
    }
  }

  @Test
  void whoeverLeftMeanwhileIsNotShownAgainAndWhoeverCameIsShownOnce() {
    world.cutRegion("us");
    world.pass(15 * Timeline.SECOND);
    forgetNews();
    eve.leave(room);
    world.session("us-c").join(room);
    world.pass(5 * Timeline.SECOND);
    world.mendRegion("us");
    world.pass(5 * Timeline.SECOND);
    assertEquals(List.of(joined(fay), "+s105"), news(ann).stream().sorted().toList());
    world.checkEqual(room);
  }

  @Test
  void newcomerIsNotShownWhoeverIsHidden() {
    world.cutRegion("us");
    world.pass(15 * Timeline.SECOND);
    for (String node : List.of("eu-b", "eu-d")) {
      Session late = world.session(node);
      long join = late.join(room);
      world.pass(Timeline.SECOND);
      Joined answer = assertInstanceOf(Joined.class, late.answer(join));
      assertTrue(answer.members().stream().anyMatch(m -> m.session().equals(ann.id())));
      assertFalse(answer.members().stream().anyMatch(m -> m.region().equals("us")));
    }
  }

  @Test
  void sessionThatGoesOnInAReachedRegionIsShownAtOnce() {
    world.cutRegion("us");
    world.pass(15 * Timeline.SECOND);
    forgetNews();
    Session again = world.node("eu-b").host(eve.id(), false, 2);
    again.join(room);
    world.pass(Timeline.SECOND);
    assertEquals(List.of(joined(eve)), news(bob));
    assertEquals(new Place("eu-b", 2), bob.node().viewOf(room).placeOf(eve.id()));
  }
}
