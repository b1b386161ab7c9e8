package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.server.host.AcceptBound;
import dev.starling.server.ring.carrier.CarrierConfig;
import dev.starling.server.ring.carrier.CarrierService;
import dev.starling.server.ring.seal.KeyRing;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The port for peers' streams. */
final class RingServer {
  /** A table of 256 of the largest facts is 240 KiB. */
  static final int MOST_MESSAGE = 512 * 1024;

  /** A batch may hold one of the largest frames and a round of small ones. */
  private static final int MOST_BATCH = CarrierConfig.MOST_FRAME + 128 * 1024;

  private static final int MOST_HEADERS = 8 * 1024;
  private static final int STREAMS_PER_CONNECTION = 4;
  private static final int WINDOW_BYTES = 1024 * 1024;
  private static final int HANDSHAKE_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 60;

  /** More often is an attack. */
  private static final int PINGS_SECONDS = 5;

  /**
   * Some streams of each of a thousand peers. Who has no certificate of the authority never gets
   * beyond the handshake.
   */
  private static final AcceptBound.Most CONNECTIONS = new AcceptBound.Most(4_096, 256, 32);

  private final Server server;
  private final AcceptBound bound;

  private RingServer(Server server, AcceptBound bound) {
    this.server = server;
    this.bound = bound;
  }

  /**
   * Listens.
   *
   * @throws IOException where the port can't be had
   */
  static RingServer open(
      EventLoopGroup loops,
      EventLoop loop,
      RingSockets sockets,
      SslContext tls,
      Endpoint at,
      RingService service,
      CarrierService carrier,
      Supplier<KeyRing> keys)
      throws IOException {
    AcceptBound bound = new AcceptBound("cluster.streamPort", CONNECTIONS);
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(at.host()), at.port());
    Server server =
        bounded(NettyServerBuilder.forAddress(address))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelFactory(() -> bound.listening(sockets.server()))
            .addTransportFilter(new Handshaken(bound))
            .executor(loop)
            .callExecutor(carrier)
            .addTransportFilter(carrier.loopFilter())
            .sslContext(tls)
            .addService(ServerInterceptors.intercept(service.definition(), new PeerCheck(keys)))
            .addService(ServerInterceptors.intercept(carrier.definition(), new PeerCheck(keys)))
            .build();
    try {
      return new RingServer(server.start(), bound);
    } catch (IOException taken) {
      throw new IOException(
          "cluster.host, cluster.streamPort: can't listen on "
              + at
              + " for streams ("
              + taken.getMessage()
              + ")",
          taken);
    }
  }

  private static NettyServerBuilder bounded(NettyServerBuilder server) {
    return server
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(PINGS_SECONDS, TimeUnit.SECONDS)
        .maxInboundMessageSize(MOST_BATCH)
        .maxInboundMetadataSize(MOST_HEADERS)
        .maxConcurrentCallsPerConnection(STREAMS_PER_CONNECTION)
        .flowControlWindow(WINDOW_BYTES);
  }

  /** Tells the bound whose handshake is over. */
  private static final class Handshaken extends ServerTransportFilter {
    private final AcceptBound bound;

    Handshaken(AcceptBound bound) {
      this.bound = bound;
    }

    @Override
    public Attributes transportReady(Attributes connection) {
      SocketAddress peer = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      if (peer != null) {
        bound.handshaken(peer);
      }
      return connection;
    }
  }

  /** How many connections were closed because there were too many; any thread. */
  long refusedConnections() {
    return bound.refused();
  }

  void close() {
    server.shutdownNow();
  }
}
