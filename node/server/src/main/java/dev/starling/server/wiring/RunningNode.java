package dev.starling.server.wiring;

import dev.starling.membership.NodeInfo;
import dev.starling.server.admin.AdminServer;
import dev.starling.server.admin.ClusterView;
import dev.starling.server.admin.RoomSurvey;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.edge.EdgeServer;
import dev.starling.server.edge.Health;
import dev.starling.server.edge.Transport;
import dev.starling.server.host.DeliveryCheck;
import dev.starling.server.host.HostConfig;
import dev.starling.server.host.NodeClock;
import dev.starling.server.host.NodeHost;
import dev.starling.server.host.SharedRooms;
import dev.starling.server.host.Warmup;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node from its start to its end. */
public final class RunningNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningNode.class);

  /** How long the loops must be idle before they end: they may still be telling each other. */
  private static final int QUIET_MILLIS = 50;

  /** How long a node that starts waits for its rooms before it takes clients all the same. */
  private static final int SERVING_SECONDS = 10;

  /** When they end though they aren't. */
  private static final int END_MILLIS = 2000;

  private final NodeSettings settings;
  private final EventLoopGroup loops;
  private final NodeHost host;
  private final EdgeServer edge;
  private final Health health;
  private final AuthParts auth;
  private final ApiParts api;
  private final @Nullable RingParts ring;
  private final @Nullable AdminServer admin;
  private final StoreParts store;
  private final CompletableFuture<Void> fenced;
  private boolean ended;

  private RunningNode(
      NodeSettings settings,
      EventLoopGroup loops,
      NodeHost host,
      EdgeServer edge,
      Health health,
      AuthParts auth,
      ApiParts api,
      @Nullable RingParts ring,
      @Nullable AdminServer admin,
      StoreParts store,
      CompletableFuture<Void> fenced) {
    this.settings = settings;
    this.fenced = fenced;
    this.admin = admin;
    this.store = store;
    this.ring = ring;
    this.api = api;
    this.auth = auth;
    this.loops = loops;
    this.host = host;
    this.edge = edge;
    this.health = health;
  }

  /**
   * Starts a node and returns when it takes clients.
   *
   * @param home where development keys are kept
   * @throws IOException where a port, a file or a key can't be had; the message says which
   */
  public static RunningNode start(NodeSettings settings, Path home) throws IOException {
    Transport transport = Transport.best();
    EventLoopGroup loops = transport.newLoops();
    NodeClock clock = new NodeClock();
    Deque<Runnable> ends = new ArrayDeque<>();
    try {
      AuthParts auth = AuthParts.open(settings, home, clock);
      ends.push(auth::close);
      return start(settings, transport, loops, clock, auth, ends);
    } catch (IOException | RuntimeException failed) {
      ends.forEach(Runnable::run);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw failed;
    }
  }

  /**
   * Starts what a node has beside its loops.
   *
   * @param ends gets what closes each part, the last one first, for when a later one can't be had
   */
  private static RunningNode start(
      NodeSettings settings,
      Transport transport,
      EventLoopGroup loops,
      NodeClock clock,
      AuthParts auth,
      Deque<Runnable> ends)
      throws IOException {
    Health health = new Health(settings.node().name(), settings.node().region());
    List<String> urls = Configurations.urls(settings);
    HostConfig config = Configurations.host(settings, urls, clock.epochMillis());
    NodeHost host = host(settings, config, auth, health, clock, loops);
    StoreParts store = StoreParts.open(settings, host, loops);
    ends.push(store::close);
    health.tellOfStore(store::state);
    auth.watchRevocations(settings.auth().revocationsFile(), () -> host.revoke(auth.revocations()));
    ApiParts api = new ApiParts(settings, urls, host, auth, clock);
    ends.push(api::close);
    EdgeServer edge =
        EdgeServer.open(Configurations.edge(settings), transport, loops, host, health, api.api());
    ends.push(edge::close);
    CompletableFuture<Void> fenced = new CompletableFuture<>();
    RingParts ring = ring(settings, config, host, loops, clock, health, store, fenced);
    if (ring != null) {
      ends.push(ring::close);
    }
    ClusterView cluster =
        ring == null
            ? AdminParts.alone(config.replica(), () -> describe(settings, urls, host, health))
            : ring.view();
    RoomSurvey survey = AdminParts.survey(cluster, host, store::status);
    AdminServer admin = AdminParts.open(settings, transport, loops, auth, cluster, survey);
    awaitRooms(host.sharedRooms());
    serve(settings, clock, health, host, edge, transport);
    return new RunningNode(
        settings, loops, host, edge, health, auth, api, ring, admin, store, fenced);
  }

  private static @Nullable RingParts ring(
      NodeSettings settings,
      HostConfig config,
      NodeHost host,
      EventLoopGroup loops,
      NodeClock clock,
      Health health,
      StoreParts store,
      CompletableFuture<Void> fenced)
      throws IOException {
    return settings.cluster().enabled()
        ? RingParts.start(
            settings,
            config,
            host,
            loops,
            clock,
            health,
            store::complaints,
            () -> fence(health, fenced))
        : null;
  }

  /** Whoever is ready has what other owners of its rooms have, unless that takes too long. */
  private static void awaitRooms(@Nullable SharedRooms rooms) {
    if (rooms != null) {
      rooms.serving().completeOnTimeout(null, SERVING_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static void serve(
      NodeSettings settings,
      NodeClock clock,
      Health health,
      NodeHost host,
      EdgeServer edge,
      Transport transport) {
    if (settings.warmup().enabled()) {
      Warmup.run(clock);
    }
    health.readyWhile(DeliveryCheck.start(host)::delivers);
    health.enter(Health.State.READY);
    announce(settings, edge, transport);
  }

  /** What a node without a ring would say in one. */
  private static NodeInfo describe(
      NodeSettings settings, List<String> urls, NodeHost host, Health health) {
    return RingParts.info(settings, urls)
        .withLoad(host.load().permille())
        .withDraining(health.draining());
  }

  private static NodeHost host(
      NodeSettings settings,
      HostConfig config,
      AuthParts auth,
      Health health,
      NodeClock clock,
      EventLoopGroup loops) {
    return new NodeHost(
        config,
        new StallGate(health::stalled, auth::admit),
        Configurations.iceServers(settings)::serversFor,
        clock,
        UnaryOperator.identity(),
        loops);
  }

  /** Whoever reads the health is told at once; ending takes a thread that may wait. */
  private static void fence(Health health, CompletableFuture<Void> fenced) {
    health.enter(Health.State.DRAINING);
    fenced.complete(null);
  }

  private static void announce(NodeSettings settings, EdgeServer edge, Transport transport) {
    if (settings.auth().anonymous() && !settings.client().loopback()) {
      log.warn("auth.anonymous lets everybody in who reaches {}", settings.client().host());
    }
    log.info(
        "{} in {} takes clients at {}:{} ({})",
        settings.node().name(),
        settings.node().region(),
        settings.client().host(),
        edge.port(),
        transport.name());
  }

  /** About how many bytes the node holds for its clients. */
  public long heldBytes() {
    return host.load().heldBytes();
  }

  /** The port that clients connect to. */
  public int port() {
    return edge.port();
  }

  /** The port that operators connect to; 0 where there is none. */
  public int adminPort() {
    return admin == null ? 0 : admin.port();
  }

  /**
   * Completes when another node lives under this one's name: this one takes no more clients and has
   * to be closed. Completes on a loop, where nothing may wait.
   */
  public CompletableFuture<Void> fenced() {
    return fenced.copy();
  }

  /**
   * Takes no more clients, tells those that are here to go elsewhere, and ends within the drain
   * time. Whoever calls a second time waits for the end as well.
   */
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    health.enter(Health.State.DRAINING);
    if (ring != null) {
      ring.drain();
    }
    edge.close();
    SharedRooms rooms = host.sharedRooms();
    CompletableFuture.allOf(
            host.drain(),
            rooms == null ? CompletableFuture.completedFuture(null) : rooms.handedOver())
        .completeOnTimeout(null, settings.shutdown().drainMillis(), TimeUnit.MILLISECONDS)
        .join();
    if (admin != null) {
      admin.close();
    }
    if (ring != null) {
      ring.close();
    }
    loops
        .shutdownGracefully(QUIET_MILLIS, END_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
    store.close();
    api.close();
    auth.close();
    log.info("{} has ended", settings.node().name());
  }
}
