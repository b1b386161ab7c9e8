package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.room.RoomConfig;
import org.junit.jupiter.api.Test;

final class SessionConfigTest {
  @Test
  void leastBoundsAreAccepted() {
    assertDoesNotThrow(() -> config(0, 0, 1, 1, 1, 1));
  }

  @Test
  void sessionIsResumableAtLeastThroughItsGracePeriod() {
    assertThrows(IllegalArgumentException.class, () -> config(2, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> config(-1, 1, 1, 1, 1, 1));
  }

  @Test
  void timesArePositive() {
    assertThrows(IllegalArgumentException.class, () -> config(0, 0, 0, 1, 1, 1));
  }

  @Test
  void everyRequestInFlightIsRemembered() {
    assertThrows(IllegalArgumentException.class, () -> config(0, 0, 1, 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> config(0, 0, 1, 0, 1, 1));
  }

  @Test
  void somethingIsRetained() {
    assertThrows(IllegalArgumentException.class, () -> config(0, 0, 1, 1, 1, 0));
  }

  @Test
  void ratesArePositive() {
    assertThrows(IllegalArgumentException.class, () -> new SessionConfig.Rates(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SessionConfig.Rates(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SessionConfig.Rates(1, 1, 0));
  }

  @Test
  void roomHoldsAtLeastOneMember() {
    assertThrows(IllegalArgumentException.class, () -> new RoomConfig(0, 0, 0, 0));
    assertDoesNotThrow(() -> new RoomConfig(1, 0, 0, 0));
  }

  private static SessionConfig config(
      long grace, long resume, long heartbeat, int inFlight, int remembered, int retained) {
    return new SessionConfig(
        grace,
        resume,
        heartbeat,
        1,
        1,
        inFlight,
        remembered,
        retained,
        1,
        1,
        new SessionConfig.Rates(1, 1, 1),
        new ClientLimits(1, 1, 1, 1, 1));
  }
}
