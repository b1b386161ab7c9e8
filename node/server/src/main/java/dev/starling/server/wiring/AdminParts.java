package dev.starling.server.wiring;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.ReplicaId;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.proto.inquiry.v1.Store;
import dev.starling.server.admin.AdminConfig;
import dev.starling.server.admin.AdminServer;
import dev.starling.server.admin.ClusterView;
import dev.starling.server.admin.RoomDesk;
import dev.starling.server.admin.RoomSurvey;
import dev.starling.server.admin.TokenGate;
import dev.starling.server.auth.TokenVerdict;
import dev.starling.server.config.AdminTls;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.edge.Transport;
import dev.starling.server.host.HostedRooms;
import dev.starling.server.host.NodeHost;
import dev.starling.server.ring.atomix.RingMembership;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service for operators over the node's other parts. */
final class AdminParts {
  private static final Logger log = LoggerFactory.getLogger(AdminParts.class);

  private AdminParts() {}

  /**
   * Opens the port for operators; null where the settings have none.
   *
   * @throws IOException where the port or a certificate can't be had; the message says which
   */
  static @Nullable AdminServer open(
      NodeSettings settings,
      Transport transport,
      EventLoopGroup loops,
      AuthParts auth,
      ClusterView cluster,
      RoomSurvey survey)
      throws IOException {
    NodeSettings.Admin admin = settings.admin();
    Integer port = admin.port();
    if (port == null) {
      return null;
    }
    AdminConfig.Tls tls =
        admin.tls() == AdminTls.OFF
            ? null
            : new AdminConfig.Tls(
                Objects.requireNonNull(admin.certificate()),
                Objects.requireNonNull(admin.key()),
                admin.authority());
    AdminServer server =
        AdminServer.open(
            new AdminConfig(admin.host(), port, tls),
            loops,
            transport.serverChannel(),
            gate(auth),
            cluster,
            survey);
    log.info("operators are served at {}:{}", admin.host(), server.port());
    return server;
  }

  /**
   * What this node and all others say of rooms; from now on they ask this one as well.
   *
   * @param store how rooms are kept on the disk
   */
  static RoomSurvey survey(ClusterView cluster, NodeHost host, Supplier<Store> store) {
    RoomDesk desk = new RoomDesk(new HostedRooms(host), store, InstantSource.system());
    host.inquiries().answerBy(desk);
    return new RoomSurvey(cluster, host.inquiries(), desk);
  }

  /**
   * What a node without a ring tells.
   *
   * @param self this life of the node
   * @param info what it would say of itself in one
   */
  static ClusterView alone(ReplicaId self, Supplier<NodeInfo> info) {
    return new Alone(new NodeId(self.node(), self.generation()), info);
  }

  private static TokenGate gate(AuthParts auth) {
    return token -> {
      CompletableFuture<TokenGate.Verdict> verdict = new CompletableFuture<>();
      auth.administer(token, judged -> verdict.complete(verdict(judged)));
      return verdict;
    };
  }

  /** A token that is good for some rooms only commands none of the cluster. */
  private static TokenGate.Verdict verdict(TokenVerdict judged) {
    return switch (judged) {
      case TokenVerdict.Verified verified when verified.grant().rooms().equals(RoomPattern.ANY) ->
          new TokenGate.Verdict.Admitted(verified.grant().user());
      case TokenVerdict.Verified verified ->
          new TokenGate.Verdict.Refused(Code.FORBIDDEN, "the token is for some rooms only");
      case TokenVerdict.Refused refused ->
          new TokenGate.Verdict.Refused(refused.code(), refused.message());
    };
  }

  /** A node without a ring knows itself. */
  private record Alone(NodeId self, Supplier<NodeInfo> info) implements ClusterView {
    @Override
    public boolean inARing() {
      return false;
    }

    @Override
    public List<Peer> peers() {
      return List.of(new Peer(self, info.get(), true));
    }

    @Override
    public List<Fact> facts() {
      return List.of(Fact.alive(self, 0, info.get()));
    }

    @Override
    public List<String> unreachable() {
      return List.of();
    }

    @Override
    public CompletableFuture<SortedMap<String, Long>> roundTripNanos() {
      return CompletableFuture.completedFuture(new TreeMap<>());
    }

    @Override
    public CompletableFuture<Void> forget(String name) {
      return CompletableFuture.completedFuture(null);
    }
  }

  record InTheRing(RingMembership ring) implements ClusterView {
    @Override
    public NodeId self() {
      return ring.host().view().self();
    }

    @Override
    public boolean inARing() {
      return true;
    }

    @Override
    public List<Peer> peers() {
      return ring.members().stream()
          .map(node -> new Peer(node.id(), node.info(), node.reachable()))
          .toList();
    }

    @Override
    public List<Fact> facts() {
      return ring.host().view().members();
    }

    @Override
    public List<String> unreachable() {
      return ring.host().view().unreachable();
    }

    @Override
    public CompletableFuture<SortedMap<String, Long>> roundTripNanos() {
      return ring.host().roundTripNanos();
    }

    @Override
    public CompletableFuture<Void> forget(String name) {
      return ring.host().forget(name);
    }
  }
}
