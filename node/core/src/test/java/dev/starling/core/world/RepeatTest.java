package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.crdt.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request that is sent again has no second effect, and is answered. */
final class RepeatTest {
  private static final String ROOM = "r";

  private final World world = new World();
  private final Client ann = world.member("ann", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void repeatedChatIsSaidOnceAndAnsweredAlike() {
    long id = ann.chat(ROOM, "hi");
    world.settle();
    ann.ask(new ClientMessage.Chat(id, ROOM, Client.text("hi")));
    world.settle();
    assertEquals(2, ann.answers(id).size());
    assertEquals(ann.answers(id).getFirst(), ann.answers(id).getLast());
    assertEquals(1, bob.received(Chatted.class).size());
  }

  @Test
  void repeatOfAPendingRequestIsAnsweredOnce() {
    long id = ann.chat(ROOM, "hi");
    ann.ask(new ClientMessage.Chat(id, ROOM, Client.text("hi")));
    world.settle();
    assertEquals(1, ann.answers(id).size());
  }

  @Test
  void repeatedProfileDoesNotUndoALaterOne() {
    long id = ann.describe(ROOM, "first");
    ann.describe(ROOM, "second");
    world.settle();
    ann.ask(new ClientMessage.Profile(id, ROOM, Client.text("first")));
    world.settle();
    assertEquals(new Done(id, 1, null), ann.answers(id).getLast());
    Content profile = bob.received(MemberChanged.class).getLast().member().profile().value();
    assertEquals("second", Client.textOf(profile));
  }

  @Test
  void repeatedLeaveDoesNotUndoALaterJoin() {
    long id = ann.leave(ROOM);
    ann.join(ROOM);
    world.settle();
    ann.ask(new ClientMessage.Leave(id, ROOM));
    world.settle();
    assertEquals(new Done(id, 1, null), ann.answers(id).getLast());
    assertTrue(bob.sees(ROOM, ann.session()));
  }

  @Test
  void repeatedJoinAnswersThePresentState() {
    Client eve = world.client("eve");
    long id = eve.join(ROOM);
    world.settle();
    Client zoe = world.member("zoe", ROOM);
    eve.ask(new ClientMessage.Join(id, ROOM, Content.EMPTY_OBJECT, null));
    world.settle();
    Joined again = assertInstanceOf(Joined.class, eve.answers(id).getLast());
    assertTrue(again.members().stream().anyMatch(m -> m.session().equals(zoe.session())));
    assertEquals(2, bob.received(MemberChanged.class).size());
  }

  @Test
  void joinAndLeaveSentAgainAfterAResumeLeaveTheRoomLeft() {
    Client eve = world.client("eve");
    long join = eve.join(ROOM);
    long leave = eve.leave(ROOM);
    eve.line().slowDown(Timeline.SECONDS);
    world.settle();
    eve.line().cut();
    eve.connect();
    world.settle();
    eve.ask(new ClientMessage.Join(join, ROOM, Content.EMPTY_OBJECT, null));
    eve.ask(new ClientMessage.Leave(leave, ROOM));
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(join));
    assertEquals(new Done(leave, 1, null), eve.answer(leave));
    assertFalse(world.node().view(ROOM).contains(eve.session()));
  }

  @Test
  void joinCutShortByTheGracePeriodIsAnsweredWhenSentAgain() {
    Client eve = world.client("eve");
    long id = eve.join(ROOM);
    eve.line().slowDown(Timeline.SECONDS);
    world.settle();
    eve.line().cut();
    world.pass(2 * Bounds.GRACE);
    eve.connect();
    world.settle();
    eve.ask(new ClientMessage.Join(id, ROOM, Content.EMPTY_OBJECT, null));
    world.settle();
    assertInstanceOf(Joined.class, eve.answer(id));
    assertTrue(bob.sees(ROOM, eve.session()));
  }

  @Test
  void refusedIdStaysRefused() {
    long id = ann.chat("elsewhere", "hi");
    ann.join("elsewhere");
    world.settle();
    ann.ask(new ClientMessage.Chat(id, "elsewhere", Client.text("hi")));
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, code(ann.answers(id).getLast()));
  }

  @Test
  void idBelowTheLastThatWasNeverUsedIsOutOfOrder() {
    ann.ask(new ClientMessage.Chat(50, ROOM, Client.text("hi")));
    ann.ask(new ClientMessage.Chat(40, ROOM, Client.text("hi")));
    world.settle();
    assertEquals(Code.OUT_OF_ORDER, ann.refusal(40));
    assertTrue(ann.connected());
  }

  @Test
  void idForgottenLongAgoIsOutOfOrder() {
    World small = new World(Bounds.inFlight(2));
    Client zoe = small.member("zoe", ROOM);
    long id = zoe.chat(ROOM, "hi");
    small.settle();
    for (int more = 0; more < 4; more++) {
      zoe.chat(ROOM, "more");
      small.settle();
    }
    zoe.ask(new ClientMessage.Chat(id, ROOM, Client.text("hi")));
    small.settle();
    assertEquals(Code.OUT_OF_ORDER, code(zoe.answers(id).getLast()));
  }

  @Test
  void repeatAboveTheRateGetsTheAnswerThatItHad() {
    World slow = new World(Bounds.rated(1, 5));
    Client zoe = slow.member("zoe", ROOM);
    long id = zoe.chat(ROOM, "hi");
    for (int message = 0; message < 6; message++) {
      zoe.ask(new ClientMessage.Chat(id, ROOM, Client.text("hi")));
    }
    slow.settle();
    assertEquals(1, zoe.answers(id).stream().distinct().count());
  }

  @Test
  void signalRepeatedAboveTheRateKeepsItsId() {
    World slow = new World(Bounds.rated(1, 5));
    Client zoe = slow.member("zoe", ROOM);
    Client tom = slow.member("tom", ROOM);
    long id = zoe.signal(ROOM, tom, "hi");
    slow.settle();
    for (int message = 0; message < 6; message++) {
      zoe.ask(new ClientMessage.Signal(id, ROOM, tom.session(), Client.text("hi")));
      slow.settle();
    }
    assertEquals(Code.INDETERMINATE, code(zoe.answers(id).getLast()));
  }

  @Test
  void indeterminateSignalRepeatedWhileBusyKeepsItsId() {
    World small = new World(Bounds.inFlight(1));
    Client zoe = small.member("zoe", ROOM);
    Client tom = small.member("tom", ROOM);
    tom.stopConfirming();
    long id = zoe.signal(ROOM, tom, "1");
    small.pass(Bounds.REQUEST);
    zoe.signal(ROOM, tom, "2");
    zoe.ask(new ClientMessage.Signal(id, ROOM, tom.session(), Client.text("1")));
    small.settle();
    assertEquals(Code.INDETERMINATE, code(zoe.answers(id).getLast()));
    tom.goOnConfirming();
    small.settle();
    zoe.ask(new ClientMessage.Signal(id, ROOM, tom.session(), Client.text("1")));
    small.settle();
    assertInstanceOf(Done.class, zoe.answers(id).getLast());
    assertEquals(List.of("1", "2"), tom.signals());
  }

  private static Code code(Object answer) {
    return assertInstanceOf(Failed.class, answer).code();
  }
}
