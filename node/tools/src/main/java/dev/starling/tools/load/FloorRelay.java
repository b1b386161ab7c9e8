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
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The least that any server between clients can do: hands every frame of one end of a room, as it
 * is, to the other ends; in rooms of two confirmations too. What it costs is the floor under what a
 * server that keeps promises costs. Connections with the same path are a room.
 */
final class FloorRelay implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 1 << 20;
  private static final String ROOMS = "/room";
  private static final byte[] JOINED = "{\"type\":\"joined\"}".getBytes(StandardCharsets.US_ASCII);

  private final ConcurrentMap<String, List<Channel>> gathering = new ConcurrentHashMap<>();
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
            .websocketPath(ROOMS)
            .checkStartsWith(true)
            .maxFramePayloadLength(MOST_MESSAGE_BYTES)
            .withUTF8Validator(false)
            .build();
    channel.pipeline().addLast(new HttpServerCodec());
    channel.pipeline().addLast(new HttpObjectAggregator(8192));
    channel.pipeline().addLast(new WebSocketServerProtocolHandler(config));
    channel.pipeline().addLast(new End());
  }

  /** The path of a room's connections: its number, and how many there will be. */
  static String path(Room room) {
    return ROOMS + "/" + room.number() + "/" + room.size();
  }

  private static int size(String path) {
    return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
  }

  private static List<Channel> joined(List<Channel> before, List<Channel> next) {
    return Stream.concat(before.stream(), next.stream()).toList();
  }

  private static void welcome(Channel channel) {
    channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(JOINED)));
  }

  /** One end of a room. */
  private final class End extends ChannelInboundHandlerAdapter {
    private volatile List<Channel> others = List.of();

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof HandshakeComplete complete) {
        String path = complete.requestUri();
        List<Channel> present = gathering.merge(path, List.of(ctx.channel()), FloorRelay::joined);
        if (present.size() == size(path)) {
          gathering.remove(path);
          present.forEach(channel -> channel.pipeline().get(End.class).meet(present, channel));
          present.forEach(FloorRelay::welcome);
        }
      }
    }

    private void meet(List<Channel> present, Channel self) {
      others = present.stream().filter(channel -> !channel.equals(self)).toList();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      WebSocketFrame frame = (WebSocketFrame) message;
      for (Channel other : others) {
        other.write(frame.retainedDuplicate(), other.voidPromise());
      }
      frame.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      others.forEach(Channel::flush);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      others.forEach(Channel::close);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
