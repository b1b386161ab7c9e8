package dev.starling.tools.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The least that any server between two clients can do: hands every frame of one end of a pair, as
 * it is, to the other end, confirmations too. What it costs is the floor under what a server that
 * keeps promises costs. Two connections with the same path are a pair.
 */
final class FloorRelay implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 1 << 20;
  private static final byte[] JOINED = "{\"type\":\"joined\"}".getBytes(StandardCharsets.US_ASCII);

  private final ConcurrentMap<String, Channel> waiting = new ConcurrentHashMap<>();
  private final EventLoopGroup loops;
  private final Channel listener;

  FloorRelay(int loopCount) {
    loops = Connector.newLoops(loopCount);
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    initialize(channel);
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Runs a relay until standard input ends; prints its port. */
  public static void main(String[] arguments) throws IOException {
    try (FloorRelay relay = new FloorRelay(Runtime.getRuntime().availableProcessors())) {
      System.out.println(relay.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }

  private void initialize(Channel channel) {
    WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/pair")
            .checkStartsWith(true)
            .maxFramePayloadLength(MOST_MESSAGE_BYTES)
            .withUTF8Validator(false)
            .build();
    channel.pipeline().addLast(new HttpServerCodec());
    channel.pipeline().addLast(new HttpObjectAggregator(8192));
    channel.pipeline().addLast(new WebSocketServerProtocolHandler(config));
    channel.pipeline().addLast(new End());
  }

  /** One end of a pair. */
  private final class End extends ChannelInboundHandlerAdapter {
    private volatile @Nullable Channel peer;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof HandshakeComplete complete) {
        Channel first = waiting.putIfAbsent(complete.requestUri(), ctx.channel());
        if (first != null) {
          waiting.remove(complete.requestUri());
          peer = first;
          first.pipeline().get(End.class).peer = ctx.channel();
          welcome(first);
          welcome(ctx.channel());
        }
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      Channel other = peer;
      if (other == null) {
        ReferenceCountUtil.release(frame);
      } else {
        other.write(frame, other.voidPromise());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      Channel other = peer;
      if (other != null) {
        other.flush();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      Channel other = peer;
      if (other != null) {
        other.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private void welcome(Channel channel) {
      channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(JOINED)));
    }
  }
}
