package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A node under whose name another one has started. */
final class FenceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StringWriter err = new StringWriter();

  private CompletableFuture<Integer> run(List<String> settings) {
    List<String> arguments = new ArrayList<>();
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() ->
            status.complete(
                new CommandLine(new Main())
                    .setErr(new PrintWriter(err))
                    .execute(arguments.toArray(String[]::new))));
    return status;
  }

  private static NativeClient connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    NativeClient client = NativeClient.over(socket);
    client.hello(Token.of("ada").text());
    return client;
  }

  @Test
  void olderNodeOfANameSendsItsClientsAwayAndEndsWithAStatusOfItsOwn(@TempDir Path folder)
      throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("other", "twin"), pki);
    int meeting = TestNodes.freePort();
    int clients = TestNodes.freePort();
    List<String> older =
        RingSettings.of(certificates, "twin", "west", TestNodes.freePort(), "localhost:" + meeting);
    older.addAll(
        List.of(
            "client.port=" + clients,
            "auth.secret=" + Token.SECRET,
            "log.level=error",
            "shutdown.drainMs=500",
            "warmup.enabled=false"));
    try (TestNode other = ring(certificates, "other", meeting, meeting)) {
      CompletableFuture<Integer> status = run(older);
      NativeClient client =
          await().atMost(PATIENCE).ignoreExceptions().until(() -> connect(clients), any -> true);
      try (TestNode newer = ring(certificates, "twin", TestNodes.freePort(), meeting)) {
        assertEquals(4, status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals("DRAINING", client.next("error").text("code"));
        assertEquals(1012, client.closeCode());
        assertTrue(
            err.toString().contains("another node lives under the name twin"), err::toString);
        assertTrue(newer.port() != other.port());
      }
    }
  }

  private static TestNode ring(
      RingConfig.Certificates certificates, String name, int port, int seed) throws IOException {
    return TestNode.start(
        RingSettings.of(certificates, name, "west", port, "localhost:" + seed)
            .toArray(String[]::new));
  }
}
