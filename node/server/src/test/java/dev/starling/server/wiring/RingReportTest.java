package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.membership.ring.Ring;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.TestNodes;
import dev.starling.server.ring.atomix.RingMembership;
import dev.starling.server.ring.seal.SealKey;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole node says of itself, as another one of its ring hears it. */
final class RingReportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SealKey KEY =
      SealKey.of("one", "k".repeat(32).getBytes(StandardCharsets.US_ASCII));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<RingEvent> events = new CopyOnWriteArrayList<>();
  private final List<RingMembership> observers = new ArrayList<>();
  private final RingConfig.Certificates certificates;
  private final int port = TestNodes.freePort();

  RingReportTest(@TempDir Path folder) throws Exception {
    Pki pki = Pki.named("authority");
    certificates = Pki.write(folder, pki.issue("observer", "node"), pki);
  }

  @AfterEach
  void end() {
    observers.forEach(observer -> observer.host().closeHard());
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * @param role a node waits for what others that own its rooms have
   */
  private RingMembership observe(VersionRange versions, NodeRole role) throws IOException {
    RingConfig told = TestNodes.config("observer", "west", KEY, certificates, port);
    NodeInfo info = told.info();
    NodeInfo speaking =
        new NodeInfo(
            info.datagrams(),
            info.streams(),
            info.region(),
            info.zone(),
            EnumSet.of(role),
            info.loadPermille(),
            info.draining(),
            versions,
            info.urls(),
            info.unreachable());
    RingConfig config =
        new RingConfig(
            told.self(),
            speaking,
            told.seeds(),
            told.nameServers(),
            told.keys(),
            told.keyFile(),
            told.certificates(),
            told.seedMillis());
    RingMembership observer =
        RingMembership.start(config, loops, System::nanoTime, events::add, () -> {});
    observers.add(observer);
    return observer;
  }

  private TestNode node(String... more) throws IOException {
    List<String> settings =
        RingSettings.of(certificates, "node", "west", TestNodes.freePort(), "localhost:" + port);
    settings.addAll(List.of(more));
    return TestNode.start(settings.toArray(String[]::new));
  }

  private List<NodeInfo> said() {
    return events.stream()
        .map(RingEvent::node)
        .filter(node -> node.id().name().equals("node"))
        .map(node -> node.info())
        .toList();
  }

  @Test
  void nodeThatDrainsSaysSoAndOwnsNothingBeforeItIsGone() throws Exception {
    RingMembership observer = observe(new VersionRange(1, 1), NodeRole.CORE);
    TestNode node = node("shutdown.drainMs=5000");
    NativeClient lingering = NativeClient.of(node, "ada");
    await().atMost(PATIENCE).until(() -> !said().isEmpty());
    Thread closing = Thread.ofPlatform().start(node::close);
    await().atMost(PATIENCE).until(() -> said().stream().anyMatch(NodeInfo::draining));
    assertTrue(Ring.of(observer.host().view().members()).owners(0, "west").contains("observer"));
    assertEquals(1, Ring.of(observer.host().view().members()).owners(0, "west").size());
    lingering.close();
    closing.join();
    await().atMost(PATIENCE).until(() -> events.getLast() instanceof RingEvent.Gone);
  }

  @Test
  void nodeSaysHowBusyItIs() throws Exception {
    observe(new VersionRange(1, 1), NodeRole.EDGE);
    List<NativeClient> clients = new ArrayList<>();
    try (TestNode node = node("limits.connections=10", "shutdown.drainMs=0")) {
      await().atMost(PATIENCE).until(() -> !said().isEmpty());
      assertEquals(0, said().getLast().loadPermille());
      for (int i = 0; i < 5; i++) {
        clients.add(NativeClient.of(node, "user-" + i));
      }
      await().atMost(PATIENCE).until(() -> said().getLast().loadPermille() == 500);
      for (NativeClient client : clients) {
        client.close();
      }
      await().atMost(PATIENCE).until(() -> said().getLast().loadPermille() < 300);
    }
  }

  @Test
  void nodeThatSpeaksNoCommonVersionIsShownByTheHealth() throws Exception {
    observe(new VersionRange(2, 3), NodeRole.EDGE);
    try (TestNode node = node()) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> RingTest.health(node),
              body -> body.contains("\"no version in common with observer\"]"));
    }
  }
}
