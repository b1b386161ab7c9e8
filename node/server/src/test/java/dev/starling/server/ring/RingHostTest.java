package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import dev.starling.server.ring.seal.SealKey;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingHostTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SealKey KEY = key("one");

  @TempDir static Path folder;
  private static RingConfig.Certificates certificates =
      new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of(""));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<RingHost> open = new ArrayList<>();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificates = SharedCertificate.in(folder, "dns:a,dns:b,dns:c");
  }

  @AfterEach
  void end() {
    open.forEach(RingHost::closeHard);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @AfterAll
  static void forget() {
    certificates = new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of(""));
  }

  private static SealKey key(String name) {
    return SealKey.of(name, (name + "-".repeat(32)).getBytes(StandardCharsets.UTF_8));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private RingHost start(String name, String region, SealKey key, int port, int... seeds)
      throws IOException {
    Endpoint endpoint = new Endpoint("127.0.0.1", port);
    NodeInfo info =
        new NodeInfo(
            endpoint,
            endpoint,
            region,
            "zone",
            EnumSet.allOf(NodeRole.class),
            0,
            false,
            new VersionRange(1, 1),
            List.of(),
            List.of());
    List<RingConfig.Seed> known = new ArrayList<>();
    for (int seed : seeds) {
      known.add(new RingConfig.Seed("localhost", seed));
    }
    RingConfig config =
        new RingConfig(
            new NodeId(name, System.currentTimeMillis() << 16),
            info,
            known,
            List.of(key),
            null,
            certificates,
            1_000);
    RingHost host = RingHost.start(config, loops, System::nanoTime, () -> {});
    open.add(host);
    return host;
  }

  private static Map<String, Status> seenBy(RingHost host) {
    Map<String, Status> seen = new TreeMap<>();
    for (Fact fact : host.view().members()) {
      seen.put(fact.node().name(), fact.status());
    }
    return seen;
  }

  private static void awaitSeen(RingHost host, Map<String, Status> wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, seenBy(host)));
  }

  @Test
  void nodesFindEachOtherSeeOneDieAndOneLeave() throws Exception {
    int port = freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "west", KEY, freePort(), port);
    RingHost c = start("c", "west", KEY, freePort(), port);
    Map<String, Status> all = Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.ALIVE);
    for (RingHost host : open) {
      awaitSeen(host, all);
      assertTrue(host.view().joined());
    }
    c.closeHard();
    awaitSeen(a, Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.DEAD));
    awaitSeen(b, Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.DEAD));
    b.close();
    awaitSeen(a, Map.of("a", Status.ALIVE, "b", Status.LEFT, "c", Status.DEAD));
    assertEquals("", a.drops().toString());
  }

  @Test
  void regionsFindEachOther() throws Exception {
    int port = freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "east", KEY, freePort(), port);
    for (RingHost host : List.of(a, b)) {
      awaitSeen(host, Map.of("a", Status.ALIVE, "b", Status.ALIVE));
    }
  }

  @Test
  void nodeWithAnotherKeyIsNotTakenInAndKnowsIt() throws Exception {
    int port = freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "west", key("two"), freePort(), port);
    await().atMost(PATIENCE).until(() -> b.view().seedAttempts() >= 2);
    assertFalse(b.view().joined());
    assertEquals(Map.of("a", Status.ALIVE), seenBy(a));
    assertEquals(Map.of("b", Status.ALIVE), seenBy(b));
  }

  @Test
  void nodeIsNotTakenInUnderANameThatItsCertificateIsNotFor() throws Exception {
    int port = freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost stranger = start("stranger", "west", KEY, freePort(), port);
    await().atMost(PATIENCE).until(() -> stranger.view().seedAttempts() >= 2);
    assertFalse(stranger.view().joined());
    assertEquals(Map.of("a", Status.ALIVE), seenBy(a));
  }
}
