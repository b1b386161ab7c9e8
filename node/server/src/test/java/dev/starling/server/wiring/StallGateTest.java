package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StallGateTest {
  private final List<HandshakeInput> verdicts = new ArrayList<>();
  private boolean stalled = true;
  private final StallGate gate =
      new StallGate(
          () -> stalled,
          (token, verdict) ->
              verdict.accept(new HandshakeInput.Rejected(Code.UNAUTHENTICATED, "looked at")));

  @Test
  void whoComesWhileTheNodeIsStalledMayTryAgainAndHasNoTokenLookedAt() {
    gate.admit("token", verdicts::add);
    HandshakeInput.Rejected refused =
        assertInstanceOf(HandshakeInput.Rejected.class, verdicts.getFirst());
    assertEquals(Code.OVERLOADED, refused.code());
    assertTrue(refused.code().retry());
  }

  @Test
  void afterwardsTokensCountAgain() {
    stalled = false;
    gate.admit("token", verdicts::add);
    assertEquals(List.of(new HandshakeInput.Rejected(Code.UNAUTHENTICATED, "looked at")), verdicts);
  }
}
