package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import dev.starling.server.ring.TestNodes;
import dev.starling.server.store.OwnDisk;
import dev.starling.server.store.RoomStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose directories can't be used: they say so and serve on. */
final class StoreTroubleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Two owners and the ports that they have at every start. */
  private record Pair(RingConfig.Certificates certificates, Path folder, int a, int b) {
    TestNode start(String name) throws IOException {
      int own = name.equals("a") ? a : b;
      List<String> settings =
          RingSettings.of(certificates, name, "west", own, "localhost:" + (a + b - own));
      settings.add("shutdown.drainMs=0");
      settings.add("store.directory=" + folder.resolve(name));
      return TestNode.start(settings.toArray(String[]::new));
    }
  }

  /** Says something that two owners are to hold, as soon as there are two. */
  private static String said(NativeClient client) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Message said = client.answer("'type':'chat','room':'kept','data':'remember'");
              return said.number("copies") == 2 ? said.text("message") : "";
            },
            message -> !message.isEmpty());
  }

  private static boolean finds(TestNode node, String message) throws IOException {
    try (NativeClient client = NativeClient.of(node, "ben")) {
      return client.join("kept").json().contains(message);
    }
  }

  @Test
  void whatADiskRefusesAnotherOwnerKeepsAndTheDiskGetsItOnceItTakesIt() throws Exception {
    RingConfig.Certificates certificates =
        SharedCertificate.in(folder.resolve("keys"), "dns:a,dns:b");
    Pair pair = new Pair(certificates, folder, TestNodes.freePort(), TestNodes.freePort());
    RoomStore holder = HeldStore.open(folder.resolve("a"), "holder");
    try {
      String message = saidWhileOneIsLocked(pair);
      try (TestNode a = pair.start("a");
          TestNode b = pair.start("b")) {
        RingTest.awaitHealth(b, "\"store\":\"ready\"");
        await().atMost(PATIENCE).until(() -> finds(a, message));
        holder.close();
        RingTest.awaitHealth(a, "\"store\":\"ready\"");
      }
      try (TestNode a = pair.start("a")) {
        assertTrue(finds(a, message));
      }
    } finally {
      holder.close();
    }
  }

  private static String saidWhileOneIsLocked(Pair pair) throws IOException {
    try (TestNode a = pair.start("a");
        TestNode b = pair.start("b");
        NativeClient ada = NativeClient.in(a, "kept", "ada")) {
      RingTest.awaitHealth(a, "\"degraded\":[\"store locked\"]");
      RingTest.awaitHealth(b, "\"store\":\"ready\"");
      return said(ada);
    }
  }

  @Test
  void nodeServesOnWhateverIsTheMatterWithItsDirectory() throws Exception {
    assumeTrue(OwnDisk.isAllowed(folder), "this system allows no own mounts");
    Path disk = folder.resolve("disk");
    Files.createDirectory(disk);
    OwnDisk.Ended ended =
        OwnDisk.run(
            OwnDisk.program(StoreTroubleChild.class, folder.toString(), disk.toString()),
            "size=20m",
            disk);
    assertEquals(
        List.of(
            "full [\"store full\"] copies 1",
            "read-only [\"store read-only\"] copies 1",
            "missing [\"store missing\"] copies 1",
            "foreign [\"store foreign\"] copies 1",
            "corrupt [\"store corrupt\"] copies 1"),
        ended.said());
  }
}
