package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Replayed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for a client that doesn't take it is bounded, and what is dropped is made good. */
final class RetentionTest {
  private static final String ROOM = "r";
  private static final int KEPT = 4;

  private final World world = new World(Bounds.retaining(KEPT));
  private final Client ann = world.member("ann", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void signalForAFullReceiverIsBusy() {
    bob.stopConfirming();
    for (int signal = 0; signal < KEPT; signal++) {
      ann.signal(ROOM, bob, "kept");
    }
    long beyond = ann.signal(ROOM, bob, "beyond");
    world.settle();
    assertEquals(Code.BUSY, ann.refusal(beyond));
    bob.goOnConfirming();
    world.settle();
    assertEquals(List.of("kept", "kept", "kept", "kept"), bob.signals());
  }

  @Test
  void connectionOfASlowConsumerIsClosed() {
    bob.stopConfirming();
    overflow();
    assertEquals(Code.SLOW_CONSUMER, bob.closedWith());
  }

  @Test
  void overflowBringsASnapshotThenReplayedOnResume() {
    bob.line().cut();
    overflow();
    Client eve = world.member("eve", ROOM);
    int before = bob.received().size();
    bob.connect();
    world.settle();
    assertNull(assertInstanceOf(Joined.class, bob.received().get(before + 1)).id());
    assertInstanceOf(Replayed.class, bob.received().get(before + 2));
    assertTrue(bob.sees(ROOM, eve.session()));
  }

  @Test
  void signalsSurviveAnOverflowOfRoomEvents() {
    bob.line().cut();
    long id = ann.signal(ROOM, bob, "hi");
    overflow();
    bob.connect();
    world.settle();
    assertEquals(List.of("hi"), bob.signals());
    assertNull(ann.refusal(id));
  }

  @Test
  void eventsAfterTheSnapshotComeOnce() {
    bob.line().cut();
    overflow();
    bob.connect();
    world.settle();
    int known = chat(bob);
    ann.chat(ROOM, "live");
    world.settle();
    assertEquals(known + 1, chat(bob));
  }

  @Test
  void snapshotLostWithItsConnectionIsSentAgain() {
    bob.line().cut();
    overflow();
    Client eve = world.member("eve", ROOM);
    bob.connect();
    bob.line().slowDown(Timeline.SECONDS);
    world.settle();
    bob.line().cut();
    bob.connect();
    world.settle();
    assertTrue(bob.sees(ROOM, eve.session()));
  }

  @Test
  void snapshotKnownToHaveArrivedIsNotSentAgain() {
    bob.line().cut();
    overflow();
    bob.connect();
    world.settle();
    ann.chat(ROOM, "confirmed");
    world.settle();
    bob.line().cut();
    int before = bob.received(Joined.class).size();
    bob.connect();
    world.settle();
    assertEquals(before, bob.received(Joined.class).size());
  }

  @Test
  void stateAnsweredToAJoinIsNotOvertakenByOlderEvents() {
    bob.line().stall();
    world.settle();
    Client eve = world.member("eve", ROOM);
    bob.leave(ROOM);
    world.settle();
    eve.leave(ROOM);
    world.settle();
    bob.join(ROOM);
    world.settle();
    bob.line().flow();
    world.settle();
    assertFalse(bob.sees(ROOM, eve.session()));
  }

  private void overflow() {
    for (int message = 0; message <= KEPT; message++) {
      ann.chat(ROOM, "chat");
      world.settle();
    }
  }

  private static int chat(Client client) {
    RoomPicture picture = client.pictures().get(ROOM);
    return picture == null ? -1 : picture.chat().size();
  }
}
