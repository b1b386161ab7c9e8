package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that is put out of a room while it waits for that room's state. */
final class SnapshotRefusalTest {
  private static final String ROOM = "r";
  private static final int RETAINED = 3;
  private static final long SECOND = 1_000_000_000;
  private static final SessionConfig CONFIG =
      new SessionConfig(
          4 * SECOND,
          120 * SECOND,
          5 * SECOND,
          SECOND,
          9 * SECOND,
          4,
          8,
          RETAINED,
          10_000,
          3,
          new SessionConfig.Rates(1_000, 1_000, 1_000_000),
          new ClientLimits(1_000, 2, 5, 100, 100));

  private final SessionCore core =
      new SessionCore(
          new SessionIdentity("s1", new ReplicaId("n", 1), "g", List.of(), 1),
          CONFIG,
          new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
          RoomView::empty,
          new Secrets("s1", new Choices(1)),
          0);
  private final List<ServerMessage> sent = new ArrayList<>();

  @Test
  void lossOfTheRoomIsToldInsteadOfItsState() {
    step(new SessionInput.Opened(1, List.of(), null));
    String token = assertInstanceOf(ServerMessage.Welcome.class, sent.getLast()).resumeToken();
    ClientMessage join = new ClientMessage.Join(1, ROOM, Content.EMPTY_OBJECT, null);
    step(new SessionInput.Received(join, 10));
    step(new SessionInput.Answered(ROOM, 1, joined()));
    step(new SessionInput.Detached(1, false));
    for (int event = 0; event <= RETAINED; event++) {
      step(new SessionInput.Happened(new ServerMessage.MuteRequested(ROOM, "s2")));
    }
    step(new SessionInput.Resumed(2, token, "0", null, List.of()));
    sent.clear();
    ServerMessage.Event end =
        new ServerMessage.MemberChanged(
            ROOM, ServerMessage.MemberEvent.LEFT, self(), ServerMessage.LeaveReason.KICKED);
    step(new SessionInput.Happened(end));
    assertEquals(List.of(), sent);
    ServerMessage outside = new ServerMessage.Failed(null, Code.NOT_IN_ROOM, "x");
    step(new SessionInput.Answered(ROOM, RoomRequest.NO_ANSWER, outside));
    assertEquals(end, sent.getFirst());
    assertInstanceOf(ServerMessage.Replayed.class, sent.getLast());
    assertEquals(2, sent.size());
  }

  private void step(SessionInput input) {
    core.step(
        input,
        1,
        output -> {
          if (output instanceof SessionOutput.Send send) {
            sent.add(send.message());
          }
        });
  }

  private static ServerMessage joined() {
    RoomSettings settings =
        new RoomSettings(5, false, false, false, List.of(), Content.EMPTY_OBJECT);
    return new ServerMessage.Joined(1L, ROOM, self(), List.of(), settings, List.of(), 1);
  }

  private static Member self() {
    Stamp stamp = new Stamp(HybridTime.ZERO, new ReplicaId("n", 1));
    Register<Content> profile = new Register<>(stamp, Content.EMPTY_OBJECT);
    return new Member(
        "s1", 1, new ReplicaId("n", 1), "g", "u", Role.MEMBER, HybridTime.ZERO, profile);
  }
}
