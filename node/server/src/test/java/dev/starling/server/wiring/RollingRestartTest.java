package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that keep rooms in memory and start anew, one after the other. */
final class RollingRestartTest {
  @TempDir Path folder = Path.of("");

  private RingConfig.Certificates certificates =
      new RingConfig.Certificates(folder, folder, folder);
  private final int first;
  private final int second;

  RollingRestartTest() throws IOException {
    first = TestNodes.freePort();
    second = TestNodes.freePort();
  }

  @BeforeEach
  void issue() throws Exception {
    Pki pki = Pki.named("authority");
    certificates = Pki.write(folder, pki.issue("a", "b"), pki);
  }

  private TestNode start(String name, int port, int seed) throws IOException {
    List<String> settings = RingSettings.of(certificates, name, "west", port, "localhost:" + seed);
    return TestNode.start(settings.toArray(String[]::new));
  }

  @Test
  void nodeThatStartsAnswersForARoomAsTheOthersHaveIt() throws IOException {
    try (TestNode b = start("b", second, second);
        NativeClient ben = NativeClient.in(b, "den", "ben");
        TestNode a = start("a", first, second);
        NativeClient ada = NativeClient.of(a, "ada")) {
      Message joined = ada.join("den");
      assertTrue(joined.json().contains(ben.session()), joined.json());
    }
  }

  @Test
  void roomsOutliveAllNodesStartingAnewOneAfterTheOther() throws IOException {
    TestNode a = start("a", first, first);
    TestNode b = start("b", second, first);
    try (NativeClient ada = NativeClient.in(a, "kept", "ada")) {
      ada.answer("'type':'chat','room':'kept','data':'remember'");
    }
    a.close();
    TestNode again = start("a", first, second);
    b.close();
    try (again;
        NativeClient ben = NativeClient.of(again, "ben")) {
      Message joined = ben.join("kept");
      assertTrue(joined.json().contains("remember"), joined.json());
    }
  }
}
