package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Without a grace period a lost connection is noticed by the room at once, not when the session
 * ends.
 */
final class NoGraceTest {
  private static final long SECOND = 1_000_000_000;

  private final List<SessionOutput> outputs = new ArrayList<>();
  private final SessionCore session =
      new SessionCore(
          new SessionIdentity("s", new ReplicaId("n", 1), "g", List.of(), 1),
          new SessionConfig(
              0,
              100 * SECOND,
              5 * SECOND,
              SECOND,
              9 * SECOND,
              4,
              4,
              4,
              4096,
              4,
              new SessionConfig.Rates(100, 100, 10_000),
              new ClientLimits(1000, 4, 4, 100, 100)),
          new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
          RoomView::empty,
          new Secrets("s", new Random(1)),
          0);

  @Test
  void memberWithoutGraceLeavesAtOnce() {
    step(new SessionInput.Opened(1, List.of(), null));
    step(new SessionInput.Received(new ClientMessage.Join(1, "r", Content.EMPTY_OBJECT, null), 10));
    assertLeavesAtOnce();
  }

  @Test
  void memberThatMayHaveEnteredLeavesToo() {
    step(new SessionInput.Opened(1, List.of(), null));
    step(new SessionInput.Received(new ClientMessage.Join(1, "r", Content.EMPTY_OBJECT, null), 10));
    Failed unknown = new Failed(1L, Code.INDETERMINATE, "too few owners of the room answer");
    step(new SessionInput.Answered("r", 1, unknown));
    assertLeavesAtOnce();
  }

  private void assertLeavesAtOnce() {
    outputs.clear();
    step(new SessionInput.Detached(1, false));
    assertEquals(List.of(new SessionOutput.WakeAt(0)), outputs);
    outputs.clear();
    step(new SessionInput.Woken());
    SessionOutput.AskRoom ask = assertInstanceOf(SessionOutput.AskRoom.class, outputs.getFirst());
    assertEquals(
        new RoomRequest.Part("s", RoomRequest.NO_ANSWER, 1, LeaveReason.TIMEOUT), ask.request());
  }

  private void step(SessionInput input) {
    session.step(input, 0, outputs::add);
  }
}
