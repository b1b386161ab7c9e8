package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

  @Test
  void whatWasDroppedOfRoomsIsCounted() {
    TreeMap<String, Integer> living = new TreeMap<>(Map.of("region", 1));
    TreeMap<String, Long> dropped = new TreeMap<>();
    health.tellOf(() -> new Health.Peers(true, living, List.of(), dropped));
    assertTrue(health.json().endsWith("\"living\":{\"region\":1}}}"), health::json);
    dropped.put("too_few_copies", 3L);
    assertTrue(health.json().endsWith(",\"dropped\":{\"too_few_copies\":3}}}"), health::json);
  }

  @Test
  void nodeThatDeliversNoSignalsIsNotReadyUntilItDoes() {
    AtomicBoolean delivers = new AtomicBoolean();
    health.readyWhile(delivers::get);
    health.enter(Health.State.READY);
    assertFalse(health.ready());
    assertTrue(health.json().contains("\"status\":\"blocked\""), health::json);
    delivers.set(true);
    assertTrue(health.ready());
    assertTrue(health.json().contains("\"status\":\"ready\""), health::json);
  }
}
