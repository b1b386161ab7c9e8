package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session whose token is taken back while it runs. */
final class RevokedTest {
  private static final long SECOND = 1_000_000_000;

  private final List<SessionOutput> outputs = new ArrayList<>();
  private final SessionCore session =
      new SessionCore(
          new SessionIdentity("s", new ReplicaId("n", 1), "g", List.of(), 1),
          new SessionConfig(
              4 * SECOND,
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
          new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE, "t1", 7, List.of()),
          RoomView::empty,
          new Secrets("s", new Random(1)),
          0);

  @BeforeEach
  void joinARoom() {
    step(new SessionInput.Opened(1, List.of(), null));
    step(new SessionInput.Received(new ClientMessage.Join(1, "r", Content.EMPTY_OBJECT, null), 10));
    outputs.clear();
  }

  @Test
  void sessionIsToldAndClosedAndLeavesItsRooms() {
    step(revoke("t1"));
    assertEquals(
        List.of(
            new SessionOutput.Send(new Failed(null, Code.REVOKED, "the token was revoked"), null),
            new SessionOutput.CloseLink(Code.REVOKED, "the token was revoked"),
            new SessionOutput.AskRoom(
                "r",
                new RoomRequest.Part("s", RoomRequest.NO_ANSWER, 1, LeaveReason.KICKED),
                List.of()),
            new SessionOutput.Ended()),
        outputs);
  }

  @Test
  void sessionWithoutAConnectionEndsToo() {
    step(new SessionInput.Detached(1, false));
    step(revoke("t1"));
    outputs.clear();
    step(new SessionInput.Resumed(2, "s.any", "0", null, List.of()));
    assertEquals(List.of(new SessionOutput.RefuseResume(2, ResumeRefusal.EXPIRED)), outputs);
  }

  @Test
  void otherTokensSessionGoesOn() {
    step(revoke("t2"));
    assertTrue(outputs.stream().noneMatch(SessionOutput.CloseLink.class::isInstance));
    step(new SessionInput.Revoked(grant -> grant.user().equals("u") && grant.issuedAtMillis() < 7));
    assertTrue(outputs.stream().noneMatch(SessionOutput.CloseLink.class::isInstance));
  }

  private static SessionInput revoke(String token) {
    return new SessionInput.Revoked(grant -> token.equals(grant.tokenId()));
  }

  private void step(SessionInput input) {
    session.step(input, 0, outputs::add);
  }
}
