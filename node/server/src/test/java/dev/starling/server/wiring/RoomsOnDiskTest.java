package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import dev.starling.server.store.RoomStore;
import dev.starling.server.store.WriteOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only node of a cluster, which ends and starts again. */
final class RoomsOnDiskTest {
  @TempDir static Path folder = Path.of("");

  @Test
  void chatIsThereAfterAStartAnew() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("only"), pki);
    String message;
    try (TestNode node = start(certificates);
        NativeClient ada = NativeClient.in(node, "kept", "ada")) {
      Message said = ada.answer("'type':'chat','room':'kept','data':'remember'");
      assertEquals(1, said.number("copies"));
      message = said.text("message");
    }
    try (TestNode node = start(certificates);
        NativeClient ben = NativeClient.of(node, "ben")) {
      Message joined = ben.join("kept");
      assertTrue(joined.json().contains(message), joined.json());
      assertTrue(joined.json().contains("remember"), joined.json());
    }
  }

  @Test
  void roomsThatAreOlderThanADayDoNotComeBack() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("only"), pki);
    try (TestNode node = start(certificates);
        NativeClient ada = NativeClient.in(node, "old", "ada")) {
      ada.answer("'type':'chat','room':'old','data':'remember'");
    }
    agePast(Duration.ofHours(25));
    for (int time = 0; time < 2; time++) {
      try (TestNode node = start(certificates);
          NativeClient ben = NativeClient.of(node, "ben")) {
        Message joined = ben.join("old");
        assertFalse(joined.json().contains("remember"), joined.json());
      }
    }
  }

  /** Has the directory say that it was used last so long ago. */
  private static void agePast(Duration age) {
    CompletableFuture<WriteOutcome> noted = new CompletableFuture<>();
    try (RoomStore store = HeldStore.open(folder.resolve("rooms"), "only")) {
      byte[] then = StoreParts.millis(System.currentTimeMillis() - age.toMillis());
      store.put(StoreParts.USED, then, Runnable::run, noted::complete);
      assertEquals(new WriteOutcome.Written(false), noted.join());
    }
  }

  private static TestNode start(RingConfig.Certificates certificates) throws IOException {
    int port = TestNodes.freePort();
    List<String> settings =
        RingSettings.of(certificates, "only", "west", port, "localhost:" + port);
    settings.add("shutdown.drainMs=0");
    settings.add("store.directory=" + folder.resolve("rooms"));
    return TestNode.start(settings.toArray(String[]::new));
  }
}
