package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Moved;
import dev.starling.core.room.RoomConfig;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidencyTest {
  private static final RoomConfig SHORT_LIVED = new RoomConfig(1_000, 64, 50, 5 * Timeline.SECOND);

  private final World world =
      new World(new Choices(3), Node.usual(SHORT_LIVED))
          .region("eu", 3, 1)
          .region("us", 3, 1)
          .start();
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

  private Session pinned(String node, String... regions) {
    Session session = world.session(node);
    session.residency(List.of(regions));
    return session;
  }

  private Code refusal(Session session) {
    long join = session.join(room);
    world.pass(Timeline.SECOND);
    return assertInstanceOf(Failed.class, session.answer(join)).code();
  }

  @Test
  void roomsThatAreForgottenWereNeverSpokenOfElsewhere() {
    world.links().listenFor("secret-");
    List<Session> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Session client = pinned("eu-d", "eu");
      client.join("secret-" + i);
      clients.add(client);
    }
    world.pass(Timeline.SECOND);
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).leave("secret-" + i);
      world.pass(150 * Timeline.MILLI);
      if (i == 10) {
        world.kill("eu-b", false);
      } else if (i == 30) {
        world.restart("eu-b");
      }
    }
    world.pass(30 * Timeline.SECOND);
    assertNull(world.node("eu-a").replica("secret-0"));
    pinned("eu-d", "eu").join("secret-0");
    world.pass(5 * Timeline.SECOND);
    assertEquals(0, world.links().wanMentions());
  }

  @Test
  void roomOfNoRegionIsSpokenOfInAll() {
    world.links().listenFor(room);
    world.session("eu-d").join(room);
    world.pass(Timeline.SECOND);
    assertTrue(world.links().wanMentions() > 0);
  }

  @Test
  void tokenThatPinsOpensNoRoomThatIsKeptInMoreRegions() {
    world.session("eu-a").join(room);
    world.pass(Timeline.SECOND);
    assertEquals(Code.FORBIDDEN, refusal(pinned("eu-d", "eu")));
    assertEquals(Code.FORBIDDEN, refusal(pinned("eu-d", "eu", "us")));
  }

  @Test
  void tokenOfMoreRegionsOpensARoomThatIsKeptInFewer() {
    pinned("eu-a", "eu").join(room);
    world.pass(Timeline.SECOND);
    Session bob = pinned("eu-d", "eu", "us");
    bob.join(room);
    world.pass(Timeline.SECOND);
    assertNotNull(bob.members(room));
  }

  @Test
  void clientElsewhereIsToldThatTheOnlyRegionCannotBeReached() {
    world.cutRegion("eu");
    world.pass(10 * Timeline.SECOND);
    assertEquals(Code.UNREACHABLE, refusal(pinned("us-b", "eu")));
  }

  @Test
  void whoeverLeavesWithoutHavingBeenInIsToldNothing() {
    Session bob = pinned("us-b", "eu");
    long leave = bob.leave(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Done.class, bob.answer(leave));
    assertNull(world.node("us-b").replica(room));
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
