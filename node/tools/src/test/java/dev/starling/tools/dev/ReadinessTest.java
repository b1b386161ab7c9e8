package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.CommandFailure;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadinessTest {
  @TempDir Path folder;

  @Test
  void nodeThatNeverGetsReadyIsGivenUp() throws Exception {
    NodePlan plan =
        new NodePlan(
            "quiet",
            "r",
            "127.0.0.1",
            StandInNode.freePort(),
            StandInNode.freePort(),
            null,
            null,
            folder.resolve("quiet.log"));
    NodeLauncher launcher =
        new NodeLauncher(
            StandInNode.compile(folder), List.of("-Xmx32m"), Map.of("STAND_IN", "idles"), "secret");
    NodeProcess node = launcher.start(plan);
    try (Readiness readiness = new Readiness(HttpClient.newHttpClient(), Duration.ofMillis(300))) {
      CommandFailure failure = assertThrows(CommandFailure.class, () -> readiness.await(node));
      assertTrue(failure.toString().contains("quiet was not ready"), failure::toString);
    } finally {
      node.endWithin(Duration.ZERO);
    }
  }
}
