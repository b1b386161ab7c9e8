package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyWatchTest {
  @TempDir Path folder = Path.of("");

  private RingConfig config(Path keyFile) {
    RingConfig.Certificates certificates = new RingConfig.Certificates(keyFile, keyFile, keyFile);
    return new RingConfig(
        new NodeId("a", 1),
        TestNodes.info("region", 1),
        List.of(),
        List.of(),
        List.of(),
        keyFile,
        certificates,
        1_000);
  }

  private static String line(String name) {
    return name + "=" + name.repeat(32) + "\n";
  }

  private static void awaitKeys(KeyWatch watch, String keys) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertEquals("KeyRing[keys=[" + keys + "]]", watch.keys().toString()));
  }

  @Test
  void keysAreReadAgainWhenTheirFileChangesAndKeptWhereItCannotBeUsed() throws IOException {
    Path file = folder.resolve("ring.keys");
    Files.writeString(file, line("a"));
    try (KeyWatch watch = new KeyWatch(config(file))) {
      awaitKeys(watch, "SealKey[a]");
      Files.writeString(file, line("b") + line("a"));
      awaitKeys(watch, "SealKey[b], SealKey[a]");
      Files.writeString(file, "none of it");
      Files.writeString(file.resolveSibling("next"), line("c"));
      Files.delete(file);
      awaitKeys(watch, "SealKey[b], SealKey[a]");
      Files.move(file.resolveSibling("next"), file);
      awaitKeys(watch, "SealKey[c]");
    }
  }

  @Test
  void nodeDoesNotStartWithAFileThatCannotBeUsed() {
    Path file = folder.resolve("absent");
    IOException refused = assertThrows(IOException.class, () -> new KeyWatch(config(file)).close());
    assertTrue(refused.toString().contains("cluster.keysFile"), refused::toString);
    assertTrue(refused.toString().contains("absent"), refused::toString);
  }
}
