package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class WarmupTest {
  @Test
  void warmupDeliversSignalsThroughTheRealCores() {
    assertTrue(Warmup.run(new NodeClock()) >= 2);
  }
}
