package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.NameServer;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes in a ring, as their health tells of it. */
final class RingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder = Path.of("");

  @Test
  void healthSaysWhatIsMissingAndTheNodeServesNevertheless() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("first", "second"), pki);
    int one = TestNodes.freePort();
    int two = TestNodes.freePort();
    try (TestNode first = start(certificates, "first", "west", one, two)) {
      awaitHealth(
          first, "\"degraded\":[\"seeds\"],\"ring\":{\"joined\":false,\"living\":{\"west\":1}}");
      try (TestNode second = start(certificates, "second", "east", two, one)) {
        String both =
            "\"degraded\":[],\"ring\":{\"joined\":true,\"living\":{\"east\":1,\"west\":1}}";
        awaitHealth(first, both);
        awaitHealth(second, both);
      }
      awaitHealth(first, "\"living\":{\"west\":1}");
    }
  }

  @Test
  void healthSaysInTimeThatTheCertificateEnds() throws Exception {
    Pki pki = Pki.named("authority");
    Instant end = Instant.now().plus(Duration.ofDays(7)).plusSeconds(600);
    int port = TestNodes.freePort();
    try (TestNode node =
        start(
            Pki.write(folder.resolve("ending"), pki.issue(end, "127.0.0.1", "first"), pki),
            "first",
            "west",
            port,
            port)) {
      awaitHealth(node, "\"degraded\":[\"certificate ends in 7 days\"]");
    }
  }

  @Test
  void nodeThatReachesNoSeedGoesOnTryingAndSaysSo() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates =
        Pki.write(folder.resolve("seeking"), pki.issue("first", "second"), pki);
    int one = TestNodes.freePort();
    int two = TestNodes.freePort();
    try (NameServer names = new NameServer();
        TestNode seeking =
            start(
                certificates,
                "second",
                "west",
                two,
                "srv:_starling._tcp.example.test",
                "cluster.nameServers=127.0.0.1:" + names.address().getPort())) {
      awaitHealth(seeking, "\"degraded\":[\"seeds\"],\"ring\":{\"joined\":false");
      names.service("_starling._tcp.example.test", new NameServer.Service(1, one, "localhost"));
      awaitHealth(seeking, "\"degraded\":[\"seeds\"],\"ring\":{\"joined\":false");
      try (TestNode first = start(certificates, "first", "west", one, one)) {
        awaitHealth(seeking, "\"degraded\":[],\"ring\":{\"joined\":true,\"living\":{\"west\":2}}");
        awaitHealth(first, "\"living\":{\"west\":2}");
      }
    }
  }

  private static TestNode start(
      RingConfig.Certificates certificates, String name, String region, int port, int seed)
      throws IOException {
    return start(certificates, name, region, port, "localhost:" + seed);
  }

  private static TestNode start(
      RingConfig.Certificates certificates,
      String name,
      String region,
      int port,
      String seed,
      String... more)
      throws IOException {
    List<String> settings = RingSettings.of(certificates, name, region, port, seed);
    settings.addAll(List.of(more));
    return TestNode.start(settings.toArray(String[]::new));
  }

  static void awaitHealth(TestNode node, String part) {
    await().atMost(PATIENCE).until(() -> health(node), body -> body.contains(part));
  }

  static String health(TestNode node) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.port() + "/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      return answer.body();
    }
  }
}
