package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.room.RoomViews;
import dev.starling.core.route.RouteConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.server.ring.CarrierNode;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.carrier.CarrierConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node's sessions over real streams; tests say who lives. */
final class PairedNode implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final RoomConfig ROOM = new RoomConfig(100, 10, 10, 60 * SECOND);

  private final CarrierNode carrier;
  private final NodeHost host;

  PairedNode(
      String name, Pki pki, long routeBytes, long requestMillis, UnaryOperator<RoomViews> views)
      throws Exception {
    carrier = CarrierNode.of(name, pki);
    host =
        new NodeHost(
            config(name, routeBytes, requestMillis, null),
            (token, verdict) ->
                verdict.accept(
                    new HandshakeInput.Verified(
                        new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE))),
            user -> List.of(),
            new NodeClock(),
            views,
            carrier.loops());
    carrier.serve(new CarrierConfig(2 * routeBytes, 1 << 20, 1 << 20), host.routes());
  }

  /** All of these live, and are owners in one region. */
  static ClusterView view(String... names) {
    Endpoint endpoint = new Endpoint("127.0.0.1", 1);
    NodeInfo info =
        new NodeInfo(
            endpoint,
            endpoint,
            "region",
            "zone",
            EnumSet.of(NodeRole.CORE),
            0,
            false,
            new VersionRange(1, 1),
            List.of(),
            List.of());
    return ClusterView.of(
        Stream.of(names).map(name -> Fact.alive(new NodeId(name, 1), 0, info)).toList(), List.of());
  }

  static HostConfig config(
      String name, long routeBytes, long requestMillis, @Nullable ReplicationConfig replication) {
    SessionConfig session =
        new SessionConfig(
            60 * SECOND,
            60 * SECOND,
            600 * SECOND,
            SECOND,
            TimeUnit.MILLISECONDS.toNanos(requestMillis),
            512,
            1_024,
            1_000,
            100_000_000,
            100,
            new SessionConfig.Rates(1_000_000, 1_000_000, 1_000_000_000),
            new ClientLimits(1 << 20, 10, 100, 1_000, 1_000));
    ShareConfig.Traffic traffic = new ShareConfig.Traffic(1_000_000, 1_000_000, 1_000_000_000);
    return new HostConfig(
        new ReplicaId(name, 1),
        "region",
        List.of(),
        session,
        ROOM,
        new RouteConfig(routeBytes),
        replication,
        60 * SECOND,
        1_000,
        1_000,
        1 << 30,
        new ShareConfig(traffic, 1_000, traffic, 1_000, 1_000, 1_000, 1_000, 1_000));
  }

  CarrierNode carrier() {
    return carrier;
  }

  NodeHost host() {
    return host;
  }

  PairedClient client() {
    return new PairedClient(host, carrier.loops().next());
  }

  @Override
  public void close() {
    carrier.close();
  }
}
