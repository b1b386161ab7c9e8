package dev.starling.server.wiring;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.route.RouteConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.ReplicaId;
import dev.starling.server.auth.IceServers;
import dev.starling.server.auth.TurnCredentials;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.NodeSettings.Limits;
import dev.starling.server.config.ProxiedAddress;
import dev.starling.server.config.TlsMode;
import dev.starling.server.edge.EdgeConfig;
import dev.starling.server.host.HostConfig;
import dev.starling.server.host.ShareConfig;
import dev.starling.server.ring.carrier.CarrierConfig;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns the settings, whose units suit people, into the configurations of the parts. */
final class Configurations {
  /** Chat that a newcomer is sent at once; older pages are asked for. */
  private static final int JOIN_CHAT = 50;

  private static final int REMEMBERED_REQUESTS_FACTOR = 2;
  private static final int KNOWN_SENDERS = 4096;

  /** Sessions that wait to be resumed take no connection, but memory. */
  private static final int SESSIONS_PER_CONNECTION = 2;

  private static final int HTTP_IDLE_MILLIS = 30_000;
  private static final long BYTES_PER_MIB = 1024 * 1024;

  /** What clients take up is only a part of the heap, and the collector needs room to work. */
  private static final int HEAP_PART = 2;

  /** What one peer that doesn't answer may take up of that. */
  private static final int PEER_PART = 8;

  private static final long LEAST_ROUTE_BYTES = 4 * BYTES_PER_MIB;
  private static final long MOST_ROUTE_BYTES = 64 * BYTES_PER_MIB;
  private static final long MOST_REPLICATION_BYTES = 8 * BYTES_PER_MIB;
  private static final long MOST_INQUIRY_BYTES = 2 * BYTES_PER_MIB;

  private static final long BURST_FACTOR = 2;

  private Configurations() {}

  static HostConfig host(NodeSettings settings, List<String> urls, long epochMillis) {
    long generation = HybridTime.of(epochMillis, 0).packed();
    Limits limits = settings.limits();
    return new HostConfig(
        new ReplicaId(settings.node().name(), generation),
        settings.node().region(),
        urls,
        session(settings),
        room(settings),
        route(limits),
        settings.cluster().enabled() ? replication(settings) : null,
        nanos(limits.handshakeMillis()),
        limits.connections() * SESSIONS_PER_CONNECTION,
        limits.rooms(),
        heldBytes(limits),
        shares(limits));
  }

  private static RoomConfig room(NodeSettings settings) {
    NodeSettings.Room room = settings.room();
    return new RoomConfig(
        settings.limits().membersPerRoom(),
        room.chatMessages(),
        Math.min(JOIN_CHAT, room.chatMessages()),
        nanos(room.emptyMillis()));
  }

  private static ReplicationConfig replication(NodeSettings settings) {
    return ReplicationConfig.of(
        room(settings),
        nanos(settings.room().graceMillis()),
        nanos(settings.room().regionHideMillis()),
        settings.session().resumeMillis());
  }

  private static long heldBytes(Limits limits) {
    Integer said = limits.memoryMib();
    return said != null ? said * BYTES_PER_MIB : Runtime.getRuntime().maxMemory() / HEAP_PART;
  }

  private static RouteConfig route(Limits limits) {
    return new RouteConfig(
        Math.clamp(heldBytes(limits) / PEER_PART, LEAST_ROUTE_BYTES, MOST_ROUTE_BYTES));
  }

  /** A new stream must take everything that the route keeps, with names and answers beside it. */
  static CarrierConfig carrier(HostConfig host) {
    return new CarrierConfig(
        2 * host.route().maxHeldBytes(), MOST_REPLICATION_BYTES, MOST_INQUIRY_BYTES);
  }

  private static ShareConfig shares(Limits limits) {
    return new ShareConfig(
        traffic(
            limits,
            limits.messagesPerSecondPerUser(),
            limits.bytesPerSecondPerUser(),
            Limits.USER_FACTOR),
        limits.sessionsPerUser(),
        traffic(
            limits,
            limits.messagesPerSecondPerAddress(),
            limits.bytesPerSecondPerAddress(),
            Limits.ADDRESS_FACTOR),
        limits.connections(),
        limits.connectionsPerAddress(),
        limits.connectionsPerSecond(),
        limits.connectionsPerSecondPerAddress(),
        limits.refusedHellosPerMinute());
  }

  private static ShareConfig.Traffic traffic(
      Limits limits, @Nullable Integer messages, @Nullable Integer bytes, long factor) {
    long perSecond = messages != null ? messages : factor * limits.messagesPerSecond();
    return new ShareConfig.Traffic(
        perSecond,
        BURST_FACTOR * perSecond,
        bytes != null ? bytes : factor * limits.bytesPerSecond());
  }

  private static SessionConfig session(NodeSettings settings) {
    Limits limits = settings.limits();
    NodeSettings.Session session = settings.session();
    return new SessionConfig(
        nanos(settings.room().graceMillis()),
        nanos(session.resumeMillis()),
        nanos(session.heartbeatMillis()),
        nanos(session.confirmMillis()),
        nanos(session.requestTimeoutMillis()),
        limits.requestsInFlight(),
        limits.requestsInFlight() * REMEMBERED_REQUESTS_FACTOR,
        limits.unconfirmedEvents(),
        limits.unconfirmedBytes(),
        KNOWN_SENDERS,
        new SessionConfig.Rates(
            limits.messagesPerSecond(), limits.messageBurst(), limits.bytesPerSecond()),
        new ClientLimits(
            limits.messageBytes(),
            limits.roomsPerSession(),
            limits.membersPerRoom(),
            limits.chatBytes(),
            limits.profileBytes()));
  }

  static EdgeConfig edge(NodeSettings settings) {
    Limits limits = settings.limits();
    NodeSettings.Tls tls = settings.tls();
    return new EdgeConfig(
        settings.client().host(),
        settings.client().port(),
        tls == null ? null : new EdgeConfig.Certificate(tls.certificate(), tls.key()),
        settings.demo().enabled(),
        settings.conformance().enabled(),
        origins(settings),
        new EdgeConfig.ProxyRules(
            settings.proxy().addresses(), told(settings.proxy().clientAddress())),
        new EdgeConfig.Bounds(
            limits.messageBytes(),
            limits.jsonDepth(),
            limits.outboundBytes(),
            limits.silentConnections(),
            limits.headerBytes(),
            limits.headerMillis(),
            HTTP_IDLE_MILLIS));
  }

  private static EdgeConfig.OriginRules origins(NodeSettings settings) {
    NodeSettings.Client client = settings.client();
    List<String> allowed = client.origins();
    URI publicUrl = client.publicUrl();
    return new EdgeConfig.OriginRules(
        allowed == null ? List.of() : allowed,
        client.originRequired(),
        publicUrl == null ? null : publicUrl.getHost().toLowerCase(Locale.ROOT),
        client.loopback());
  }

  private static EdgeConfig.ClientAddress told(ProxiedAddress how) {
    return switch (how) {
      case NONE -> EdgeConfig.ClientAddress.NONE;
      case PROXY_PROTOCOL -> EdgeConfig.ClientAddress.PROXY_PROTOCOL;
      case FORWARDED -> EdgeConfig.ClientAddress.FORWARDED;
      case X_FORWARDED_FOR -> EdgeConfig.ClientAddress.X_FORWARDED_FOR;
    };
  }

  private static long nanos(int millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** What clients are told of STUN and TURN. */
  static IceServers iceServers(NodeSettings settings) {
    NodeSettings.Ice ice = settings.ice();
    var secret = ice.turnSecret();
    TurnCredentials turn =
        secret == null || ice.turnUrls().isEmpty()
            ? null
            : new TurnCredentials(
                ice.turnUrls(),
                secret.bytes(),
                Duration.ofSeconds(ice.turnTtlSeconds()),
                InstantSource.system());
    return new IceServers(ice.stunUrls(), turn);
  }

  /**
   * Where clients reach the node; none where only {@code client.publicUrl} could tell, which then
   * keeps clients at the address that they came by.
   */
  static List<String> urls(NodeSettings settings) {
    NodeSettings.Client client = settings.client();
    @Nullable URI publicUrl = client.publicUrl();
    if (publicUrl != null) {
      return List.of(publicUrl.toString());
    }
    if (client.port() == 0 || client.tls() == TlsMode.PROXIED || isWildcard(client.host())) {
      return List.of();
    }
    String scheme = client.tls() == TlsMode.OFF ? "ws" : "wss";
    String host = client.host().contains(":") ? "[" + client.host() + "]" : client.host();
    return List.of(scheme + "://" + host + ":" + client.port() + "/v1/ws");
  }

  private static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }
}
