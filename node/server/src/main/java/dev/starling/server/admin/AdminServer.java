package dev.starling.server.admin;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.server.host.AcceptBound;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The port for operators, from its opening to its end. Its sockets are served by the node's event
 * loops, its calls by virtual threads: they may wait, and hold up nobody.
 */
public final class AdminServer implements AutoCloseable {
  /** How long a call waits for another part of the node. */
  static final int CALL_SECONDS = 5;

  private static final int MOST_MESSAGE = 64 * 1024;
  private static final int MOST_HEADERS = 16 * 1024;
  private static final int CALLS_PER_CONNECTION = 16;
  private static final int HANDSHAKE_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int IDLE_MINUTES = 5;
  private static final int AGE_MINUTES = 60;

  /** More operators than a cluster has; the rest are strangers. */
  private static final AcceptBound.Most CONNECTIONS = new AcceptBound.Most(256, 64, 16);

  private final Server server;
  private final HealthStatusManager health;
  private final ExecutorService calls;
  private final @Nullable AdminTls tls;

  private AdminServer(
      Server server, HealthStatusManager health, ExecutorService calls, @Nullable AdminTls tls) {
    this.server = server;
    this.tls = tls;
    this.health = health;
    this.calls = calls;
  }

  /**
   * Takes calls from now on.
   *
   * @param loops the event loops; their owner ends them
   * @param channel the kind of socket that fits to them
   * @throws IOException where the port or a certificate can't be had; the message says which
   */
  public static AdminServer open(
      AdminConfig config,
      EventLoopGroup loops,
      Class<? extends ServerChannel> channel,
      TokenGate gate,
      ClusterView cluster,
      RoomSurvey survey)
      throws IOException {
    AdminTls tls = config.tls() == null ? null : new AdminTls(config.tls());
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(AdminMethods.NAME, ServingStatus.SERVING);
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("starling-admin-", 0).factory());
    NettyServerBuilder builder =
        bounded(
            NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .executor(calls),
            channel);
    serve(builder, health, gate, new AdminService(cluster, survey));
    if (tls != null) {
      builder.sslContext(tls.context());
    }
    try {
      return new AdminServer(start(builder.build(), config), health, calls, tls);
    } catch (IOException taken) {
      if (tls != null) {
        tls.close();
      }
      throw taken;
    }
  }

  private static NettyServerBuilder bounded(
      NettyServerBuilder builder, Class<? extends ServerChannel> channel) {
    AcceptBound bound = new AcceptBound("admin.port", CONNECTIONS);
    return builder
        .channelFactory(() -> bound.listening(channel))
        .addTransportFilter(
            new ServerTransportFilter() {
              @Override
              public Attributes transportReady(Attributes connection) {
                SocketAddress peer = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                if (peer != null) {
                  bound.handshaken(peer);
                }
                return connection;
              }
            })
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
        .maxConnectionAge(AGE_MINUTES, TimeUnit.MINUTES)
        .maxConnectionAgeGrace(IDLE_MINUTES, TimeUnit.MINUTES)
        .maxInboundMessageSize(MOST_MESSAGE)
        .maxInboundMetadataSize(MOST_HEADERS)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION);
  }

  private static void serve(
      NettyServerBuilder builder,
      HealthStatusManager health,
      TokenGate gate,
      AdminService service) {
    AdminGuard guard = new AdminGuard(gate);
    builder
        // A probe has no token, and learns nothing but that this port is served.
        .addService(health.getHealthService())
        .addService(ServerInterceptors.intercept(service.definition(), guard))
        .addService(ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), guard));
  }

  private static Server start(Server server, AdminConfig config) throws IOException {
    try {
      return server.start();
    } catch (IOException taken) {
      throw new IOException(
          "admin.host, admin.port: can't listen on "
              + config.host()
              + ":"
              + config.port()
              + " for operators ("
              + taken.getMessage()
              + ")",
          taken);
    }
  }

  /** The port that operators connect to. */
  public int port() {
    return server.getPort();
  }

  /** Says that it goes away, and does so when the calls under way are answered. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException hurry) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
    if (tls != null) {
      tls.close();
    }
  }
}
