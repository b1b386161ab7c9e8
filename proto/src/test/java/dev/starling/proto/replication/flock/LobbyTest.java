package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits at one owner while moderators are at others. */
final class LobbyTest {
  private static final List<String> NODES = List.of("eu-a", "eu-b", "eu-c", "eu-d", "us-a", "us-b");

  private final World world =
      new World(new Choices(7)).region("eu", 3, 1).region("us", 2, 0).start();
  private final String room = world.roomOf("eu-a");
  private final Session host = world.moderator("eu-a");

  @BeforeEach
  void open() {
    host.join(room);
    world.pass(Timeline.SECOND);
    host.configure(room, new SettingsChange(null, null, true, null, null));
    world.pass(Timeline.SECOND);
  }

  private long knock(Session session) {
    long join = session.join(room);
    world.pass(Timeline.SECOND);
    assertInstanceOf(Waiting.class, session.answer(join));
    return join;
  }

  private static long knocks(Session moderator, Session session) {
    return moderator.events().stream()
        .filter(e -> e instanceof Knocked knock && knock.member().equals(session.id()))
        .count();
  }

  private Code refusal(Session session, long request) {
    return assertInstanceOf(Failed.class, session.answer(request)).code();
  }

  @Test
  void moderatorOfAnyNodeAdmitsAndDeniesWhoeverWaitsAtAnyOther() {
    for (String of : NODES) {
      Session moderator = world.moderator(of);
      moderator.join(room);
      world.pass(Timeline.SECOND);
      for (String at : NODES) {
        Session admitted = world.session(at);
        Session denied = world.session(at);
        knock(admitted);
        long waits = knock(denied);
        assertEquals(1, knocks(moderator, admitted), at);
        long admit = moderator.judge(room, Action.ADMIT, admitted.id());
        long deny = moderator.judge(room, Action.DENY, denied.id());
        world.pass(Timeline.SECOND);
        assertInstanceOf(Done.class, moderator.answer(admit), at);
        assertNotNull(admitted.members(room), at);
        assertInstanceOf(Done.class, moderator.answer(deny), at);
        assertEquals(Code.DENIED, refusal(denied, waits));
        long again = moderator.judge(room, Action.ADMIT, denied.id());
        world.pass(Timeline.SECOND);
        assertEquals(Code.NO_SUCH_MEMBER, refusal(moderator, again));
      }
    }
    world.checkEqual(room);
  }

  @Test
  void moderatorWhoComesLaterIsToldOfWhoeverWaitsAndAdmitsIt() {
    Session waiting = world.session("us-a");
    knock(waiting);
    Session late = world.moderator("eu-d");
    late.join(room);
    world.pass(Timeline.SECOND);
    assertEquals(1, knocks(late, waiting));
    late.judge(room, Action.ADMIT, waiting.id());
    world.pass(Timeline.SECOND);
    assertNotNull(waiting.members(room));
  }

  @Test
  void whoeverWaitedAtAnOwnerThatDiesKnocksAtAnotherAndIsAdmitted() {
    Session waiting = world.session("eu-d");
    knock(waiting);
    Session late = world.moderator("eu-b");
    late.join(room);
    world.pass(Timeline.SECOND);
    world.kill("eu-a", true);
    world.pass(5 * Timeline.SECOND);
    late.judge(room, Action.ADMIT, waiting.id());
    world.pass(Timeline.SECOND);
    assertNotNull(waiting.members(room));
  }

  @Test
  void closingTurnsWhoeverWaitsAwayAtAllOwners() {
    Session waiting = world.session("us-b");
    long join = knock(waiting);
    host.judge(room, Action.CLOSE, "");
    world.pass(Timeline.SECOND);
    assertEquals(Code.DENIED, refusal(waiting, join));
    assertNull(waiting.members(room));
  }
}
