package dev.starling.server.cluster;

import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Two nodes of one process, for {@code ./starling load}: a program, not a test. Arguments: the port
 * of the first node's clients; the second's is the next.
 */
public final class TwoNodes {
  private TwoNodes() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("two-nodes");
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates = Pki.write(folder, pki.issue("a", "b"), pki);
    int one = TestNodes.freePort();
    int two = TestNodes.freePort();
    start(certificates, "a", port, one, two);
    start(certificates, "b", port + 1, two, one);
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private static void start(
      RingConfig.Certificates certificates, String name, int clients, int port, int seed)
      throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "client.port=" + clients,
                "node.name=" + name,
                "warmup.enabled=true",
                "auth.anonymous=true",
                "cluster.enabled=true",
                "cluster.port=" + port,
                "cluster.streamPort=" + port,
                "cluster.seeds=localhost:" + seed,
                "cluster.seedsRefreshSeconds=1",
                "cluster.keys=one=" + "k".repeat(32),
                "cluster.certificate=" + certificates.certificate(),
                "cluster.key=" + certificates.key(),
                "cluster.authority=" + certificates.authority()));
    for (String limit : List.of("messagesPerSecond", "messageBurst", "connectionsPerAddress")) {
      settings.add("limits." + limit + "=100000");
    }
    settings.add("limits.bytesPerSecond=500000000");
    TestNode.start(settings.toArray(String[]::new));
  }
}
