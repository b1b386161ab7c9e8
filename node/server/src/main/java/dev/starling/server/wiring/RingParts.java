package dev.starling.server.wiring;

import dev.starling.crdt.ReplicaId;
import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.server.admin.ClusterView;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.Role;
import dev.starling.server.config.SeedAddress;
import dev.starling.server.edge.Health;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.HostConfig;
import dev.starling.server.host.NodeClock;
import dev.starling.server.host.NodeHost;
import dev.starling.server.host.PeerUser;
import dev.starling.server.host.SharedRooms;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingHost;
import dev.starling.server.ring.RingView;
import dev.starling.server.ring.atomix.RingMembership;
import dev.starling.server.ring.carrier.CarrierConfig;
import dev.starling.server.ring.seal.SealKey;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The node's part in the ring, from {@link #start} to {@link #close}. */
final class RingParts implements AutoCloseable {
  /** The only version of the protocol between nodes so far. */
  private static final VersionRange VERSIONS = new VersionRange(1, 1);

  /** After so many calls of seeds without an answer, some seconds, a node takes itself as alone. */
  private static final int SEED_ATTEMPTS = 2;

  private final RingMembership membership;
  private final SelfReport report;

  private RingParts(RingMembership membership, SelfReport report) {
    this.membership = membership;
    this.report = report;
  }

  /**
   * Takes part in the ring, lets the health tell of it, and lets sessions of this node and of
   * others reach each other and be in the same rooms.
   *
   * @param complaints what else isn't as it should be, each in a few words
   * @param fenced told when another node lives under this one's name, on one of the loops
   * @throws IOException where a port, a key or a certificate can't be had; the message says which
   */
  static RingParts start(
      NodeSettings settings,
      HostConfig config,
      NodeHost node,
      EventLoopGroup loops,
      NodeClock clock,
      Health health,
      Supplier<List<String>> complaints,
      Runnable fenced)
      throws IOException {
    RingHealth ringHealth = new RingHealth(VERSIONS, clock::nanos);
    Consumer<RingEvent> log = new RingLog(settings.node().region(), VERSIONS);
    RingMembership ring =
        RingMembership.start(
            config(settings, config), loops, clock::nanos, log.andThen(ringHealth::saw), fenced);
    RingHost host = ring.host();
    health.tellOf(() ->
        ringHealth.peers(
            host.view(),
            ring.members(),
            node.routes()::reaches,
            Stream.concat(host.certificateComplaints().stream(), complaints.get().stream())
                .toList(),
            rooms(node).dropped()));
    health.stalledWhile(() -> host.view().stalled());
    SelfReport report = new SelfReport(() -> node.load().permille(), host::describe);
    loops
        .next()
        .scheduleWithFixedDelay(
            report::look, SelfReport.LOOK_SECONDS, SelfReport.LOOK_SECONDS, TimeUnit.SECONDS);
    carry(host, node, Configurations.carrier(config));
    return new RingParts(ring, report);
  }

  /** The settings that made this node part of a ring have made its rooms shared. */
  private static SharedRooms rooms(NodeHost node) {
    return Objects.requireNonNull(node.sharedRooms());
  }

  private static void carry(RingHost ring, NodeHost node, CarrierConfig config) {
    SharedRooms rooms = rooms(node);
    Map<FrameClass, PeerUser> users = new EnumMap<>(FrameClass.class);
    users.put(FrameClass.RELAY, node.routes());
    users.put(FrameClass.REPLICATION, rooms);
    users.put(FrameClass.INQUIRY, node.inquiries());
    ring.carrier().serve(config, users);
    ring.watch(view -> {
      node.live(new ReplicaId(view.self().name(), view.self().generation()));
      if (mayKnowOthers(view)) {
        rooms.see(dev.starling.core.replication.ClusterView.of(view.members(), view.unreachable()));
      }
    });
  }

  /**
   * A node that has just started knows only itself, and would serve every room as the only one that
   * has it. It waits for a node that knows more; where none answers, it is alone.
   */
  static boolean mayKnowOthers(RingView view) {
    return view.joined() || view.seedAttempts() >= SEED_ATTEMPTS;
  }

  /** What operators are told of the ring. */
  ClusterView view() {
    return new AdminParts.InTheRing(membership);
  }

  /** Gives shards and bridges to others, before clients are sent away. */
  void drain() {
    report.drain();
  }

  /** Says goodbye and ends. */
  @Override
  public void close() {
    membership.close();
  }

  private static RingConfig config(NodeSettings settings, HostConfig host) {
    NodeSettings.Cluster cluster = settings.cluster();
    return new RingConfig(
        new NodeId(host.replica().node(), host.replica().generation()),
        info(settings, host.urls()),
        cluster.seedsParsed().stream().map(RingParts::seed).toList(),
        cluster.nameServersParsed().stream()
            .map(server -> new InetSocketAddress(server.host(), server.port()))
            .toList(),
        cluster.keys().stream().map(key -> SealKey.of(key.name(), key.secret().bytes())).toList(),
        cluster.keysFile(),
        new RingConfig.Certificates(
            given(cluster.certificate()), given(cluster.key()), given(cluster.authority())),
        (int) TimeUnit.SECONDS.toMillis(cluster.seedsRefreshSeconds()));
  }

  private static RingConfig.Seed seed(SeedAddress said) {
    return switch (said) {
      case SeedAddress.Host host -> new RingConfig.Seed.Host(host.at().host(), host.at().port());
      case SeedAddress.Service service -> new RingConfig.Seed.Service(service.name());
    };
  }

  /** What the node says of itself. */
  static NodeInfo info(NodeSettings settings, List<String> urls) {
    NodeSettings.Cluster cluster = settings.cluster();
    NodeSettings.Node node = settings.node();
    return new NodeInfo(
        new Endpoint(cluster.host(), cluster.port()),
        new Endpoint(cluster.host(), cluster.streamPort()),
        node.region(),
        node.zone(),
        roles(node.roles()),
        0,
        false,
        VERSIONS,
        urls.stream().filter(url -> url.length() <= NodeInfo.MAX_URL_CHARACTERS).toList(),
        List.of());
  }

  private static Set<NodeRole> roles(List<Role> said) {
    Set<NodeRole> roles = EnumSet.noneOf(NodeRole.class);
    for (Role role : said) {
      roles.add(
          switch (role) {
            case CORE -> NodeRole.CORE;
            case EDGE -> NodeRole.EDGE;
          });
    }
    return roles;
  }

  /** A rule of the settings has seen to it. */
  private static Path given(@Nullable Path path) {
    return Objects.requireNonNull(path);
  }
}
