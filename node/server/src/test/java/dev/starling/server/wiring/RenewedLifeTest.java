package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock was set back since an earlier start of it. */
final class RenewedLifeTest {
  private static final int GRACE_MILLIS = 500;

  @TempDir static Path folder = Path.of("");

  @Test
  void membersOfANodeWhoseClockWasSetBackStay() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("a", "b"), pki);
    int seed = TestNodes.freePort();
    try (TestNode a = start(certificates, "a", seed, seed)) {
      int port = TestNodes.freePort();
      try (Overhearing former = Overhearing.ofTheFuture("b", "west", certificates, port, seed)) {
        await().until(() -> former.linked().contains("a"));
      }
      try (TestNode b = start(certificates, "b", port, seed)) {
        await().ignoreExceptions().until(() -> meet(a, b));
        try (NativeClient ada = NativeClient.of(a, "ada");
            NativeClient ben = NativeClient.in(b, "den", "ben")) {
          await()
              .during(Duration.ofMillis(6 * GRACE_MILLIS))
              .until(() -> ada.join("den").json().contains(ben.session()));
          assertTrue(ada.answer("'type':'chat','room':'den','data':1").has("copies"));
        }
      }
    }
  }

  private static boolean meet(TestNode a, TestNode b) throws IOException {
    try (NativeClient ada = NativeClient.in(a, "hall", "ada");
        NativeClient ben = NativeClient.of(b, "ben")) {
      return ben.join("hall").json().contains(ada.session());
    }
  }

  private static TestNode start(
      RingConfig.Certificates certificates, String name, int port, int seed) throws IOException {
    List<String> settings = RingSettings.of(certificates, name, "west", port, "localhost:" + seed);
    settings.add("room.graceMs=" + GRACE_MILLIS);
    settings.add("shutdown.drainMs=0");
    return TestNode.start(settings.toArray(String[]::new));
  }
}
