package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HealthTest {
  private final Health health = new Health("node", "region");

  @Test
  void nodeThatHasToEndWhileItStartsIsNeverReady() {
    health.enter(Health.State.DRAINING);
    health.enter(Health.State.READY);
    assertFalse(health.ready());
    assertTrue(health.json().contains("\"status\":\"draining\""), health::json);
  }
}
