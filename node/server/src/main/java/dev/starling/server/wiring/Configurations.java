package dev.starling.server.wiring;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.ReplicaId;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.NodeSettings.Limits;
import dev.starling.server.edge.EdgeConfig;
import dev.starling.server.host.HostConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Turns the settings, whose units suit people, into the configurations of the parts. */
final class Configurations {
  /** Chat that a newcomer is sent at once; older pages are asked for. */
  private static final int JOIN_CHAT = 50;

  private static final int REMEMBERED_REQUESTS_FACTOR = 2;
  private static final int KNOWN_SENDERS = 4096;

  /** Sessions that wait to be resumed take no connection, but memory. */
  private static final int SESSIONS_PER_CONNECTION = 2;

  private static final int HTTP_IDLE_MILLIS = 30_000;

  private Configurations() {}

  static HostConfig host(NodeSettings settings, List<String> urls, long epochMillis) {
    long generation = HybridTime.of(epochMillis, 0).packed();
    Limits limits = settings.limits();
    return new HostConfig(
        new ReplicaId(settings.node().name(), generation),
        settings.node().region(),
        urls,
        session(settings),
        new RoomConfig(
            limits.membersPerRoom(),
            settings.room().chatMessages(),
            Math.min(JOIN_CHAT, settings.room().chatMessages()),
            nanos(settings.room().emptyMillis())),
        nanos(limits.handshakeMillis()),
        limits.connections() * SESSIONS_PER_CONNECTION,
        limits.rooms());
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
        new EdgeConfig.Bounds(
            limits.messageBytes(),
            limits.jsonDepth(),
            limits.outboundBytes(),
            limits.connections(),
            limits.connectionsPerAddress(),
            limits.connectionsPerSecondPerAddress(),
            limits.headerBytes(),
            limits.headerMillis(),
            HTTP_IDLE_MILLIS));
  }

  private static long nanos(int millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
