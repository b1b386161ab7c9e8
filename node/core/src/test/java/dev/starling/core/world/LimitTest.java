package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Pong;
import dev.starling.core.protocol.ServerMessage.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LimitTest {
  private static final String ROOM = "r";

  private final World world = new World();

  @Test
  void sessionIsInAtMostSoManyRooms() {
    Client ann = world.client("ann");
    for (int room = 1; room <= Bounds.WIDE.rooms(); room++) {
      assertNull(ann.refusal(settled(ann.join("r" + room))));
    }
    assertEquals(Code.TOO_MANY_ROOMS, ann.refusal(settled(ann.join("one more"))));
    ann.leave("r1");
    assertNull(ann.refusal(settled(ann.join("instead"))));
  }

  @Test
  void joiningAgainIsNotOneRoomMore() {
    Client ann = world.client("ann");
    for (int room = 1; room <= Bounds.WIDE.rooms(); room++) {
      ann.join("r" + room);
    }
    assertNull(ann.refusal(settled(ann.join("r1"))));
  }

  @Test
  void roomHoldsAtMostSoManyMembers() {
    for (int member = 1; member <= Bounds.WIDE.members(); member++) {
      world.member("m" + member, ROOM);
    }
    Client last = world.client("last");
    assertEquals(Code.ROOM_FULL, last.refusal(settled(last.join(ROOM))));
    assertEquals(Bounds.WIDE.members(), world.node().view(ROOM).sessions().size());
  }

  @Test
  void refusedJoinTakesNoRoom() {
    for (int member = 1; member <= Bounds.WIDE.members(); member++) {
      world.member("m" + member, ROOM);
    }
    Client last = world.client("last");
    for (int tries = 0; tries < 2 * Bounds.WIDE.rooms(); tries++) {
      last.join(ROOM);
    }
    assertNull(last.refusal(settled(last.join("other"))));
  }

  @Test
  void chatMessageHasALargestSize() {
    Client ann = world.member("ann", ROOM);
    String largest = "x".repeat(Bounds.CHAT_BYTES - 2);
    assertInstanceOf(Said.class, ann.answer(settled(ann.chat(ROOM, largest))));
    assertEquals(Code.INVALID, ann.refusal(settled(ann.chat(ROOM, largest + "x"))));
  }

  @Test
  void profileHasALargestSize() {
    Client ann = world.member("ann", ROOM);
    String largest = "x".repeat(Bounds.PROFILE_BYTES - 2);
    assertInstanceOf(Done.class, ann.answer(settled(ann.describe(ROOM, largest))));
    assertEquals(Code.INVALID, ann.refusal(settled(ann.describe(ROOM, largest + "x"))));
    ClientMessage.Join join =
        new ClientMessage.Join(ann.nextId(), "other", Client.text(largest + "x"), null);
    assertEquals(Code.INVALID, ann.refusal(settled(ann.ask(join))));
  }

  @Test
  void requestsBeyondThoseInFlightAreBusy() {
    World small = new World(Bounds.inFlight(2));
    Client ann = small.member("ann", ROOM);
    Client bob = small.member("bob", ROOM);
    bob.stopConfirming();
    ann.signal(ROOM, bob, "1");
    ann.signal(ROOM, bob, "2");
    long third = ann.signal(ROOM, bob, "3");
    small.settle();
    assertEquals(Code.BUSY, ann.refusal(third));
    bob.goOnConfirming();
    small.settle();
    long fourth = ann.signal(ROOM, bob, "4");
    small.settle();
    assertEquals(new Done(fourth, 0, null), ann.answer(fourth));
    assertEquals(List.of("1", "2", "4"), bob.signals());
  }

  @Test
  void leavingWhileAJoinIsUnderWayFreesItsPlaceInFlight() {
    World small = new World(Bounds.inFlight(2));
    Client ann = small.client("ann");
    for (int round = 0; round < 5; round++) {
      ann.join(ROOM);
      ann.leave(ROOM);
      small.settle();
    }
    long last = ann.join(ROOM);
    small.settle();
    assertNull(ann.refusal(last));
  }

  @Test
  void requestAboveTheRateIsRefusedAndTheConnectionStays() {
    World slow = new World(Bounds.rated(1, 5));
    Client ann = slow.client("ann");
    long last = 0;
    for (int message = 1; message <= 6; message++) {
      last = ann.join(ROOM);
    }
    slow.settle();
    assertEquals(Code.RATE_LIMITED, ann.refusal(last));
    assertNull(ann.refusal(last - 1));
    assertTrue(ann.connected());
  }

  @Test
  void rateRecoversWithTime() {
    World slow = new World(Bounds.rated(1, 5));
    Client ann = slow.client("ann");
    for (int message = 1; message <= 6; message++) {
      ann.join(ROOM);
    }
    slow.pass(2 * Timeline.SECONDS);
    long later = ann.join(ROOM);
    slow.settle();
    assertNull(ann.refusal(later));
  }

  @Test
  void floodClosesTheConnection() {
    World slow = new World(Bounds.rated(1, 5));
    Client ann = slow.client("ann");
    for (int message = 1; message <= 10; message++) {
      ann.say(new ClientMessage.Ping());
    }
    slow.settle();
    assertEquals(Code.FLOODING, ann.closedWith());
  }

  @Test
  void signsOfLifeCountTowardsTheRate() {
    World slow = new World(Bounds.rated(1, 5));
    Client ann = slow.client("ann");
    for (int pong = 1; pong <= 10; pong++) {
      ann.line().pong();
    }
    slow.settle();
    assertEquals(Code.FLOODING, ann.closedWith());
  }

  @Test
  void garbageCountsTowardsTheRate() {
    World slow = new World(Bounds.rated(1, 5));
    Client ann = slow.client("ann");
    for (int frame = 1; frame <= 10; frame++) {
      ann.line().garble(null, Code.INVALID);
    }
    slow.settle();
    assertEquals(Code.FLOODING, ann.closedWith());
  }

  @Test
  void garbledRequestIsRefusedUnderItsId() {
    Client ann = world.client("ann");
    ann.line().garble(7L, Code.INVALID);
    world.settle();
    assertEquals(new Failed(7L, Code.INVALID, "garbled"), ann.answer(7));
    assertTrue(ann.connected());
  }

  @Test
  void malformedFrameClosesTheConnectionAndKeepsTheSession() {
    Client ann = world.client("ann");
    ann.line().garble(null, Code.MALFORMED);
    world.settle();
    assertEquals(Code.MALFORMED, ann.closedWith());
    ann.connect();
    world.settle();
    assertTrue(ann.welcome().resumed());
  }

  @Test
  void pingIsAnsweredWithPong() {
    Client ann = world.client("ann");
    ann.say(new ClientMessage.Ping());
    world.settle();
    assertEquals(1, ann.received(Pong.class).size());
  }

  private long settled(long id) {
    world.settle();
    return id;
  }
}
