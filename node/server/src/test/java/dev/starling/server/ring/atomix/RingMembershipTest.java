package dev.starling.server.ring.atomix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingNode;
import dev.starling.server.ring.SharedCertificate;
import dev.starling.server.ring.TestNodes;
import dev.starling.server.ring.seal.SealKey;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.Version;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in one process, each with Atomix's services over our transports. */
final class RingMembershipTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SealKey KEY =
      SealKey.of("one", "a key of 32 bytes for sealing it".getBytes(StandardCharsets.UTF_8));

  @TempDir static Path folder = Path.of("");

  private static RingConfig.Certificates certificates =
      new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of(""));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<String> toldToA = new CopyOnWriteArrayList<>();
  private final List<String> toldElsewhere = new CopyOnWriteArrayList<>();
  private final List<RingMembership> open = new ArrayList<>();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificates = SharedCertificate.in(folder, "dns:a,dns:b,dns:c");
  }

  @AfterEach
  void end() {
    open.forEach(ring -> ring.host().closeHard());
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private RingMembership start(String name, int port, int... seeds) throws IOException {
    RingConfig config = TestNodes.config(name, "west", KEY, certificates, port, seeds);
    RingMembership ring =
        RingMembership.start(
            config,
            loops,
            System::nanoTime,
            event -> {
              if (name.equals("a")) {
                toldToA.add(line(event));
              }
              if (!isOnALoop()) {
                toldElsewhere.add(line(event));
              }
            },
            () -> {});
    open.add(ring);
    return ring;
  }

  private boolean isOnALoop() {
    return StreamSupport.stream(loops.spliterator(), false).anyMatch(EventExecutor::inEventLoop);
  }

  private static String line(RingEvent event) {
    String name = event.node().id().name();
    return switch (event) {
      case RingEvent.Came came -> name + " came";
      case RingEvent.Gone gone -> name + " is gone";
      case RingEvent.Described described -> name + " is described";
      case RingEvent.Reached reached -> name + " is reached: " + event.node().reachable();
    };
  }

  private static Map<String, Boolean> reachable(RingMembership ring) {
    Map<String, Boolean> seen = new TreeMap<>();
    for (RingNode node : ring.members()) {
      seen.put(node.id().name(), node.reachable());
    }
    return seen;
  }

  private static void awaitMembers(RingMembership ring, String... names) {
    Map<String, Boolean> wanted = new TreeMap<>();
    for (String name : names) {
      wanted.put(name, true);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, reachable(ring)));
  }

  @Test
  void membersComeAndGoAndAtomixTellsOfIt() throws Exception {
    int port = TestNodes.freePort();
    RingMembership a = start("a", port);
    RingMembership b = start("b", TestNodes.freePort(), port);
    awaitMembers(a, "a", "b");
    RingMembership c = start("c", TestNodes.freePort(), port);
    for (RingMembership ring : open) {
      awaitMembers(ring, "a", "b", "c");
    }
    c.host().closeHard();
    awaitMembers(a, "a", "b");
    awaitMembers(b, "a", "b");
    b.close();
    awaitMembers(a, "a");
    assertEquals(
        List.of("a came", "b came", "c came", "c is gone", "b is gone"),
        // Whether it doubts a node first depends on who notices and on how busy the machine is.
        toldToA.stream().filter(line -> !line.contains(" is reached: ")).toList());
    // Views that are told from elsewhere could overtake each other.
    assertEquals(List.of(), toldElsewhere);
  }

  @Test
  void nodeThatStartedAgainIsAnotherOne() throws Exception {
    int port = TestNodes.freePort();
    RingMembership a = start("a", port);
    RingMembership first = start("b", TestNodes.freePort(), port);
    awaitMembers(a, "a", "b");
    first.close();
    await().atMost(PATIENCE).until(() -> toldToA.contains("b is gone"));
    start("b", TestNodes.freePort(), port);
    awaitMembers(a, "a", "b");
    assertEquals(List.of("a came", "b came", "b is gone", "b came"), toldToA);
  }

  @Test
  void portThatIsTakenIsNamed() throws Exception {
    int port = TestNodes.freePort();
    start("a", port);
    IOException taken = assertThrows(IOException.class, () -> start("b", port));
    assertTrue(String.valueOf(taken.getMessage()).startsWith("cluster.host, cluster.port"));
  }

  @Test
  void neitherKryoNorAnotherNettyIsThere() {
    for (String absent :
        List.of("com.esotericsoftware.kryo.Kryo", "io.github.classgraph.ClassGraph")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(absent), absent);
    }
    Version.identify()
        .values()
        .forEach(
            version -> assertTrue(version.artifactVersion().startsWith("4.2."), version::toString));
  }
}
