package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.Status;
import dev.starling.server.ring.seal.KeyRing;
import dev.starling.server.ring.seal.SealKey;
import dev.starling.server.ring.seal.Sealer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingHostTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SealKey KEY = key("one");

  private static final RingConfig.Certificates NONE =
      new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of(""));

  @TempDir static Path folder = Path.of("");
  private static RingConfig.Certificates ours = NONE;
  private static RingConfig.Certificates anothers = NONE;
  private static RingConfig.Certificates ended = NONE;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final AtomicInteger fenced = new AtomicInteger();
  private final List<RingHost> open = new ArrayList<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    Pki pki = Pki.named("authority");
    Pki another = Pki.named("another authority");
    ours = Pki.write(folder.resolve("ours"), pki.issue("a", "b", "c"), pki);
    anothers = Pki.write(folder.resolve("anothers"), another.issue("a", "b", "c"), another);
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    ended =
        Pki.write(folder.resolve("ended"), pki.issue(yesterday, "127.0.0.1", "a", "b", "c"), pki);
  }

  @AfterEach
  void end() {
    open.forEach(RingHost::closeHard);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static SealKey key(String name) {
    return SealKey.of(name, (name + "-".repeat(32)).getBytes(StandardCharsets.UTF_8));
  }

  private RingHost start(String name, String region, SealKey key, int port, int... seeds)
      throws IOException {
    return start(name, region, key, ours, port, seeds);
  }

  private RingHost start(
      String name,
      String region,
      SealKey key,
      RingConfig.Certificates certificates,
      int port,
      int... seeds)
      throws IOException {
    RingConfig config = TestNodes.config(name, region, key, certificates, port);
    RingHost host =
        RingHost.start(config, loops, System::nanoTime, view -> {}, fenced::incrementAndGet);
    host.seek(Arrays.stream(seeds).mapToObj(seed -> new Endpoint("127.0.0.1", seed)).toList());
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
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "west", KEY, TestNodes.freePort(), port);
    RingHost c = start("c", "west", KEY, TestNodes.freePort(), port);
    Map<String, Status> all = Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.ALIVE);
    for (RingHost host : open) {
      awaitSeen(host, all);
      // It may have heard of all of them before its own call is answered.
      await().atMost(PATIENCE).until(() -> host.view().joined());
    }
    c.closeHard();
    awaitSeen(a, Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.DEAD));
    awaitSeen(b, Map.of("a", Status.ALIVE, "b", Status.ALIVE, "c", Status.DEAD));
    b.close();
    awaitSeen(a, Map.of("a", Status.ALIVE, "b", Status.LEFT, "c", Status.DEAD));
    a.forget("c");
    awaitSeen(a, Map.of("a", Status.ALIVE, "b", Status.LEFT));
    assertEquals("", a.drops().toString());
  }

  @Test
  void regionsFindEachOther() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "east", KEY, TestNodes.freePort(), port);
    for (RingHost host : List.of(a, b)) {
      awaitSeen(host, Map.of("a", Status.ALIVE, "b", Status.ALIVE));
    }
  }

  @Test
  void nodeWithAnotherKeyIsNotTakenInAndKnowsIt() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    assertStaysOutside(a, start("b", "west", key("two"), TestNodes.freePort(), port));
  }

  @Test
  void nodeIsNotTakenInUnderANameThatItsCertificateIsNotFor() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    assertStaysOutside(a, start("stranger", "west", KEY, TestNodes.freePort(), port));
  }

  @Test
  void nodeWithACertificateOfAnotherAuthorityIsNotTakenIn() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    assertStaysOutside(a, start("b", "west", KEY, anothers, TestNodes.freePort(), port));
  }

  @Test
  void nodeWhoseCertificateHasEndedIsNotTakenInAndKnowsIt() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "west", KEY, ended, TestNodes.freePort(), port);
    assertStaysOutside(a, b);
    assertEquals(List.of("certificate has ended"), b.certificateComplaints());
    assertEquals(List.of(), a.certificateComplaints());
  }

  @Test
  void nodesTakeNewCertificatesWithoutARestart() throws Exception {
    Pki old = Pki.named("old");
    Pki next = Pki.named("next");
    Path files = folder.resolve("changing");
    int port = TestNodes.freePort();
    start("a", "west", KEY, Pki.write(files, old.issue("a"), old), port);
    Path others = folder.resolve("new");
    RingHost b =
        start(
            "b", "west", KEY, Pki.write(others, next.issue("b"), next), TestNodes.freePort(), port);
    assertStaysOutside(open.getFirst(), b);
    Pki.write(files, next.issue("a"), old, next);
    awaitSeen(b, Map.of("a", Status.ALIVE, "b", Status.ALIVE));
  }

  private static void assertStaysOutside(RingHost inside, RingHost outside) {
    await().atMost(PATIENCE).until(() -> outside.view().seedAttempts() >= 2);
    assertFalse(outside.view().joined());
    assertEquals(1, seenBy(inside).size());
    assertEquals(1, seenBy(outside).size());
  }

  @Test
  void nodeThatLivesUnderANameStartedAgainElsewhereIsFenced() throws Exception {
    int port = TestNodes.freePort();
    start("a", "west", KEY, port);
    RingHost first = start("b", "west", KEY, TestNodes.freePort(), port);
    await().atMost(PATIENCE).until(() -> first.view().joined());
    start("b", "west", KEY, TestNodes.freePort(), port);
    await().atMost(PATIENCE).until(() -> first.view().fenced());
    assertEquals(1, fenced.get());
  }

  @Test
  void garbageIsCountedAndDisturbsNobody() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    RingHost b = start("b", "west", KEY, TestNodes.freePort(), port);
    try (DatagramSocket stranger = new DatagramSocket()) {
      for (int bytes : new int[] {0, 1, 40, 1_200, 1_201, 60_000}) {
        stranger.send(
            new DatagramPacket(new byte[bytes], bytes, InetAddress.getLoopbackAddress(), port));
      }
      byte[] strange = new Sealer(new SecureRandom()).seal(new KeyRing(List.of(KEY)), new byte[9]);
      stranger.send(
          new DatagramPacket(strange, strange.length, InetAddress.getLoopbackAddress(), port));
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertEquals("SHORT=2 LONG=2 VERSION=2 MALFORMED=1", a.drops().toString()));
    awaitSeen(b, Map.of("a", Status.ALIVE, "b", Status.ALIVE));
  }

  @Test
  void strangersOfOneAddressHaveFewConnectionsAtATime() throws Exception {
    int port = TestNodes.freePort();
    RingHost a = start("a", "west", KEY, port);
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    assertEquals(-1, silent.getLast().getInputStream().read());
    Socket first = silent.getFirst();
    first.setSoTimeout(1);
    assertThrows(SocketTimeoutException.class, () -> first.getInputStream().read());
    for (Socket socket : silent) {
      socket.close();
    }
    RingHost b = start("b", "west", KEY, TestNodes.freePort(), port);
    awaitSeen(b, Map.of("a", Status.ALIVE, "b", Status.ALIVE));
    assertEquals(1, a.refusedConnections());
  }
}
