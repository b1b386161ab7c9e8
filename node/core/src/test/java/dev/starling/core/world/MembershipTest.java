package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.History;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.crdt.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MembershipTest {
  private static final String ROOM = "r";

  private final World world = new World();

  @Test
  void newcomerIsToldOfTheOthersAndOfItself() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.client("bob");
    long id = bob.join(ROOM);
    world.settle();
    Joined joined = assertInstanceOf(Joined.class, bob.answer(id));
    assertEquals(bob.session(), joined.self().session());
    assertEquals(List.of(ann.session()), joined.members().stream().map(Member::session).toList());
  }

  @Test
  void othersAreToldOfANewcomerOnce() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.member("bob", ROOM);
    MemberChanged change = ann.received(MemberChanged.class).getFirst();
    assertEquals(MemberEvent.JOINED, change.event());
    assertEquals(bob.session(), change.member().session());
    assertEquals(1, ann.received(MemberChanged.class).size());
    assertEquals(List.of(), bob.received(MemberChanged.class));
  }

  @Test
  void newProfileIsToldToTheOthers() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.member("bob", ROOM);
    long id = bob.describe(ROOM, "away");
    world.settle();
    MemberChanged change = ann.received(MemberChanged.class).getLast();
    assertEquals(MemberEvent.UPDATED, change.event());
    assertEquals("away", Client.textOf(change.member().profile().value()));
    assertEquals(new Done(id, 1, null), bob.answer(id));
  }

  @Test
  void leavingIsToldToTheOthersOnce() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.member("bob", ROOM);
    long id = bob.leave(ROOM);
    world.settle();
    assertEquals(LeaveReason.LEAVE, ann.received(MemberChanged.class).getLast().reason());
    assertEquals(2, ann.received(MemberChanged.class).size());
    assertEquals(new Done(id, 1, null), bob.answer(id));
  }

  @Test
  void memberThatLeftHearsNothingMore() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.member("bob", ROOM);
    bob.leave(ROOM);
    world.settle();
    ann.chat(ROOM, "hi");
    world.settle();
    assertEquals(List.of(), bob.received(Chatted.class));
  }

  @Test
  void chatIsAnsweredWithItsIdAndToldToTheOthersOnly() {
    Client ann = world.member("ann", ROOM);
    Client bob = world.member("bob", ROOM);
    long id = ann.chat(ROOM, "hi");
    world.settle();
    Said said = assertInstanceOf(Said.class, ann.answer(id));
    assertEquals(said.message(), bob.received(Chatted.class).getFirst().message().id());
    assertEquals(List.of(), ann.received(Chatted.class));
  }

  @Test
  void historyComesInPages() {
    Client ann = world.member("ann", ROOM);
    ann.chat(ROOM, "1");
    ann.chat(ROOM, "2");
    ann.chat(ROOM, "3");
    long id = ann.history(ROOM, 2);
    world.settle();
    History page = assertInstanceOf(History.class, ann.answer(id));
    assertEquals(
        List.of("2", "3"), page.messages().stream().map(m -> Client.textOf(m.data())).toList());
    assertTrue(page.more());
  }

  @Test
  void tokenIsGoodOnlyForItsRooms() {
    String token = world.token("ann", new RoomPattern("team-*"), Long.MAX_VALUE);
    Client ann = new Client(world.timeline(), world.node(), token);
    ann.connect();
    world.settle();
    long inside = ann.join("team-a");
    long outside = ann.join("other");
    world.settle();
    assertInstanceOf(Joined.class, ann.answer(inside));
    assertEquals(Code.FORBIDDEN, ann.refusal(outside));
    assertTrue(ann.connected());
  }

  @Test
  void roomKeepsItsChatUntilItWasVacantForLong() {
    Client ann = world.member("ann", ROOM);
    ann.chat(ROOM, "hi");
    ann.leave(ROOM);
    world.pass(Bounds.VACANT - 1);
    assertTrue(world.node().hasRoom(ROOM));
    world.pass(1);
    assertFalse(world.node().hasRoom(ROOM));
  }

  @Test
  void roomThatIsEnteredAgainIsNotForgotten() {
    Client ann = world.member("ann", ROOM);
    ann.leave(ROOM);
    world.pass(Timeline.SECONDS);
    ann.join(ROOM);
    world.pass(2 * Bounds.VACANT);
    assertTrue(world.node().hasRoom(ROOM));
  }

  @Test
  void requestsOutsideARoomAreRefused() {
    Client ann = world.client("ann");
    for (long id :
        new long[] {ann.chat(ROOM, "x"), ann.describe(ROOM, "x"), ann.history(ROOM, 1)}) {
      world.settle();
      assertEquals(Code.NOT_IN_ROOM, ann.refusal(id));
    }
  }

  @Test
  void drainClosesEverySessionAndLeavesTheRooms() {
    Client ann = world.member("ann", ROOM);
    world.node().drain();
    world.settle();
    assertEquals(Code.DRAINING, ann.closedWith());
    assertEquals(List.of(), world.node().view(ROOM).sessions());
  }
}
