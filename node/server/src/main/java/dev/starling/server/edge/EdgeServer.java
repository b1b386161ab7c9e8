package dev.starling.server.edge;

import dev.starling.server.edge.api.HttpApi;
import dev.starling.server.host.NodeHost;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The client port, open from {@link #open} to {@link #close}. */
public final class EdgeServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int LOW_WATER_BYTES = 32 * 1024;
  private static final int HIGH_WATER_BYTES = 128 * 1024;

  /** One for all: what it learns of a connection is with the connection. */
  private static final RecvByteBufAllocator RECEIVE_BUFFERS = new AdaptiveRecvByteBufAllocator();

  private final Channel channel;
  private final @Nullable SslContext tls;
  private final AtomicBoolean released = new AtomicBoolean();

  private EdgeServer(Channel channel, @Nullable SslContext tls) {
    this.channel = channel;
    this.tls = tls;
  }

  /**
   * Listens for clients.
   *
   * @param loops the event loops; their owner ends them
   * @throws IOException where the port can't be had or the certificate can't be read
   */
  public static EdgeServer open(
      EdgeConfig config,
      Transport transport,
      EventLoopGroup loops,
      NodeHost node,
      Health health,
      HttpApi api)
      throws IOException {
    SslContext tls = config.tls() == null ? null : TlsContext.of(config.tls());
    EdgeInitializer handlers = handlers(config, tls, node, health, api);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, FrameAllocator.INSTANCE)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, RECEIVE_BUFFERS)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
            .childHandler(handlers);
    var bound = bootstrap.bind(config.host(), config.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      ReferenceCountUtil.release(tls);
      throw new IOException(
          "client.host, client.port: can't listen on "
              + config.host()
              + ":"
              + config.port()
              + " ("
              + bound.cause().getMessage()
              + ")",
          bound.cause());
    }
    return new EdgeServer(bound.channel(), tls);
  }

  private static EdgeInitializer handlers(
      EdgeConfig config, @Nullable SslContext tls, NodeHost node, Health health, HttpApi api) {
    AtomicInteger silent = new AtomicInteger();
    Proxies proxies = new Proxies(config.proxies().addresses(), config.proxies().clientAddress());
    ConnectionGate gate =
        new ConnectionGate(node.visitors(), proxies, config.bounds().silentConnections(), silent);
    UpgradePolicy policy = new UpgradePolicy(new Origins(config.origins()), proxies, gate);
    HttpRouter router =
        new HttpRouter(
            config.bounds(),
            WebFiles.load(config.demo()),
            health,
            node,
            api,
            policy,
            config.conformance());
    return new EdgeInitializer(config.bounds(), gate, silent, tls, router);
  }

  /** The port that clients connect to. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Takes no more connections; those that are open stay. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    if (released.compareAndSet(false, true)) {
      // Connections that are open hold on to it by themselves.
      ReferenceCountUtil.release(tls);
    }
  }
}
