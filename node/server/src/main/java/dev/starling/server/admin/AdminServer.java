package dev.starling.server.admin;

import dev.starling.proto.admin.AdminMethods;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

  private final Server server;
  private final HealthStatusManager health;
  private final ExecutorService calls;

  private AdminServer(Server server, HealthStatusManager health, ExecutorService calls) {
    this.server = server;
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
      ClusterView cluster)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(AdminMethods.NAME, ServingStatus.SERVING);
    AdminGuard guard = new AdminGuard(gate);
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("starling-admin-", 0).factory());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(channel)
            .executor(calls)
            .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
            .maxConnectionAge(AGE_MINUTES, TimeUnit.MINUTES)
            .maxConnectionAgeGrace(IDLE_MINUTES, TimeUnit.MINUTES)
            .maxInboundMessageSize(MOST_MESSAGE)
            .maxInboundMetadataSize(MOST_HEADERS)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            // A probe has no token, and learns nothing but that this port is served.
            .addService(health.getHealthService())
            .addService(ServerInterceptors.intercept(new AdminService(cluster).definition(), guard))
            .addService(
                ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), guard));
    if (config.tls() != null) {
      builder.sslContext(tls(config.tls()));
    }
    return new AdminServer(start(builder.build(), config), health, calls);
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

  private static SslContext tls(AdminConfig.Tls files) throws IOException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
              .protocols("TLSv1.3");
      if (files.authority() != null) {
        builder.trustManager(files.authority().toFile()).clientAuth(ClientAuth.OPTIONAL);
      }
      SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      return GrpcSslContexts.configure(builder, provider).build();
    } catch (IOException | IllegalArgumentException unusable) {
      throw new IOException(
          "admin.certificate, admin.key, admin.authority: the files can't be used ("
              + unusable.getMessage()
              + ")",
          unusable);
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
  }
}
