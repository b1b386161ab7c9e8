package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.Replayed;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResumeTest {
  private static final String ROOM = "r";

  private final World world = new World();
  private final Client ann = world.member("ann", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void nobodyNoticesAResumeWithinTheGracePeriod() {
    int heard = ann.received().size();
    bob.line().cut();
    world.pass(Bounds.GRACE - 1);
    bob.connect();
    world.pass(Bounds.GRACE);
    assertTrue(bob.welcome().resumed());
    assertEquals(List.of(ROOM), bob.welcome().rooms());
    assertEquals(heard, ann.received().size());
  }

  @Test
  void memberLeavesOnceAfterTheGracePeriod() {
    bob.line().cut();
    world.pass(Bounds.GRACE - 1);
    assertTrue(ann.received(MemberChanged.class).stream().noneMatch(ResumeTest::isLeft));
    world.pass(2 * Bounds.GRACE);
    List<MemberChanged> left =
        ann.received(MemberChanged.class).stream().filter(ResumeTest::isLeft).toList();
    assertEquals(1, left.size());
    assertEquals(LeaveReason.TIMEOUT, left.getFirst().reason());
  }

  @Test
  void sessionResumedAfterTheGracePeriodJoinsAgain() {
    String session = bob.session();
    bob.line().cut();
    world.pass(2 * Bounds.GRACE);
    bob.connect();
    world.settle();
    assertTrue(bob.welcome().resumed());
    assertEquals(List.of(), bob.welcome().rooms());
    long id = bob.join(ROOM);
    world.settle();
    assertNull(bob.refusal(id));
    assertEquals(session, bob.session());
    assertTrue(ann.sees(ROOM, session));
  }

  @Test
  void graceCountsFromWhenTheNodeNotices() {
    bob.line().cut(3 * Timeline.SECONDS);
    world.pass(3 * Timeline.SECONDS + Bounds.GRACE - 1);
    assertTrue(ann.sees(ROOM, bob.session()));
    world.pass(1);
    assertFalse(ann.sees(ROOM, bob.session()));
  }

  @Test
  void cleanCloseEndsTheSessionAtOnce() {
    bob.line().hangUp();
    world.settle();
    assertEquals(LeaveReason.LEAVE, ann.received(MemberChanged.class).getLast().reason());
    assertNull(world.node().session(bob.session()));
    bob.connect();
    world.settle();
    assertEquals(ResumeRefusal.UNKNOWN, bob.welcome().reason());
  }

  @Test
  void sessionEndsWhenItsResumeTimeIsOver() {
    bob.line().cut();
    world.pass(Bounds.RESUME - 1);
    assertTrue(world.node().session(bob.session()) != null);
    world.pass(1);
    assertNull(world.node().session(bob.session()));
  }

  @Test
  void missedEventsComeInOrderThenReplayedThenLiveOnes() {
    bob.line().cut();
    ann.signal(ROOM, bob, "1");
    world.settle();
    ann.chat(ROOM, "2");
    world.settle();
    ann.signal(ROOM, bob, "3");
    world.settle();
    int before = bob.received().size();
    bob.connect();
    world.settle();
    ann.signal(ROOM, bob, "4");
    world.settle();
    List<String> kinds =
        bob.received().subList(before, bob.received().size()).stream()
            .map(message -> message.getClass().getSimpleName())
            .toList();
    assertEquals(
        List.of("Welcome", "Signaled", "Chatted", "Signaled", "Replayed", "Signaled"), kinds);
    assertEquals(List.of("1", "3", "4"), bob.signals());
  }

  @Test
  void resumeWithNothingMissedIsReplayedAtOnce() {
    bob.line().cut();
    bob.connect();
    world.settle();
    assertInstanceOf(Replayed.class, bob.received().getLast());
  }

  @Test
  void resumeOffsetConfirms() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "1");
    world.settle();
    assertEquals(List.of(), ann.answers(id));
    bob.line().cut();
    bob.connect();
    world.settle();
    assertInstanceOf(ServerMessage.Done.class, ann.answer(id));
    assertEquals(List.of("1"), bob.signals());
  }

  @Test
  void olderResumeOffsetReplaysWhatCameAfterIt() {
    bob.stopConfirming();
    String early = bob.offset();
    ann.signal(ROOM, bob, "1");
    world.settle();
    bob.line().cut();
    bob.hello(new ClientMessage.Resume(bob.welcome().resumeToken(), early));
    world.settle();
    assertEquals(List.of("1", "1"), bob.signals());
  }

  @Test
  void framesLostWithTheLineAreReplayed() {
    bob.line().slowDown(Timeline.SECONDS);
    ann.signal(ROOM, bob, "1");
    world.settle();
    bob.line().cut();
    bob.connect();
    world.settle();
    assertEquals(List.of("1"), bob.signals());
  }

  @Test
  void newerConnectionReplacesTheOlder() {
    Line old = bob.line();
    Client twin = world.stranger("bob");
    twin.hello(new ClientMessage.Resume(bob.welcome().resumeToken(), bob.offset()));
    world.settle();
    assertEquals(Code.REPLACED, bob.closedWith());
    assertFalse(old.isOpen());
    assertTrue(twin.welcome().resumed());
  }

  @Test
  void endOfTheReplacedConnectionIsOfNoInterest() {
    bob.line().cut(2 * Timeline.SECONDS);
    bob.connect();
    world.pass(2 * Bounds.GRACE);
    assertTrue(bob.connected());
    assertTrue(ann.sees(ROOM, bob.session()));
  }

  @Test
  void everyWelcomeBringsANewToken() {
    String first = bob.welcome().resumeToken();
    bob.line().cut();
    bob.connect();
    world.settle();
    assertNotEquals(first, bob.welcome().resumeToken());
  }

  @Test
  void oldTokenIsGoodWhileWelcomesGetLost() {
    for (int lost = 0; lost < 3; lost++) {
      bob.line().cut();
      bob.connect();
      bob.line().slowDown(Timeline.SECONDS);
      world.settle();
      bob.line().cut();
    }
    bob.connect();
    world.settle();
    assertTrue(bob.welcome().resumed());
  }

  @Test
  void oldTokenIsVoidOnceTheNewOneWasUsed() {
    String old = bob.welcome().resumeToken();
    bob.line().cut();
    bob.connect();
    world.settle();
    bob.line().cut();
    bob.connect();
    world.settle();
    Client thief = world.stranger("bob");
    thief.hello(new ClientMessage.Resume(old, bob.offset()));
    world.settle();
    assertEquals(ResumeRefusal.UNKNOWN, thief.welcome().reason());
    assertTrue(bob.connected());
  }

  @Test
  void signalsMissedBeyondTheGracePeriodAreIntact() {
    bob.stopConfirming();
    bob.line().slowDown(Timeline.SECONDS);
    ann.signal(ROOM, bob, "1");
    world.settle();
    bob.line().cut();
    world.pass(2 * Bounds.GRACE);
    bob.connect();
    world.settle();
    assertEquals(List.of("1"), bob.signals());
  }

  private static boolean isLeft(MemberChanged change) {
    return change.event() == MemberEvent.LEFT;
  }
}
