package dev.starling.tools.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Opens connections: epoll where its library loads, else the JDK's selector. */
final class Connector {
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int MOST_MESSAGE_BYTES = 1 << 20;
  private static final int MOST_HTTP_BYTES = 8192;

  private final Target target;
  private final @Nullable SslContext tls;

  /**
   * @param tls for wss; null where there is none
   */
  Connector(Target target, @Nullable SslContext tls) {
    this.target = target;
    this.tls = tls;
  }

  static EventLoopGroup newLoops(int count) {
    return new MultiThreadIoEventLoopGroup(
        count,
        new DefaultThreadFactory("starling-load", true),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** Connects a client on its own event loop; it is told how that went. */
  void connect(Client client, Lane lane) {
    URI url = target.url(client);
    ChannelFuture connecting =
        new Bootstrap()
            .group(lane.loop())
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, HANDSHAKE_MILLIS)
            .handler(initializer(url, client, client.wire()))
            .connect(url.getHost(), url.getPort());
    connecting.addListener(done -> {
      if (!done.isSuccess()) {
        client.closed(String.valueOf(done.cause().getMessage()));
      }
    });
  }

  private ChannelInitializer<SocketChannel> initializer(URI url, Client client, Wire wire) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        addTls(url, channel, pipeline);
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(new HttpObjectAggregator(MOST_HTTP_BYTES));
        pipeline.addLast(new WebSocketClientProtocolHandler(webSocket(url, wire)));
        pipeline.addLast(new ClientHandler(client, wire));
      }
    };
  }

  private void addTls(URI url, Channel channel, ChannelPipeline pipeline) {
    if (tls != null && url.getScheme().equals("wss")) {
      pipeline.addLast(tls.newHandler(channel.alloc(), url.getHost(), url.getPort()));
    }
  }

  private static WebSocketClientProtocolConfig webSocket(URI url, Wire wire) {
    return WebSocketClientProtocolConfig.newBuilder()
        .webSocketUri(url)
        .version(WebSocketVersion.V13)
        .subprotocol(wire.subprotocol())
        .handleCloseFrames(false)
        .sendCloseFrame(null)
        .maxFramePayloadLength(MOST_MESSAGE_BYTES)
        .handshakeTimeoutMillis(HANDSHAKE_MILLIS)
        .withUTF8Validator(false)
        .build();
  }
}
