package dev.starling.tools.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of one room after another that answers before anybody confirmed, and does one thing
 * wrong with some of the first signals. All its state belongs to its one event loop.
 */
final class StubServer implements AutoCloseable {
  private static final int EVERY = 10;
  private static final int AMONG = 100;
  private static final long LONGEST_HELD_MILLIS = 50;
  private static final Pattern FIELD = Pattern.compile("\"(type|id|room|to)\":\"?([\\w-]+)");

  private final Fault fault;
  private final EventLoopGroup loops = Connector.newLoops(1);
  private final Channel listener;
  private final Map<String, Map<String, Channel>> rooms = new LinkedHashMap<>();
  private final Map<String, Held> held = new LinkedHashMap<>();
  private int sessions;
  private int signals;
  private final AtomicInteger wrongs = new AtomicInteger();

  /** What is done wrong. */
  enum Fault {
    NONE,
    DROP,
    DOUBLE,
    SWAP,
    REFUSE,
    MISDELIVER
  }

  private record Held(@Nullable Channel receiver, String frame) {}

  StubServer(Fault fault) {
    this.fault = fault;
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new HttpServerCodec());
                    channel.pipeline().addLast(new HttpObjectAggregator(8192));
                    channel
                        .pipeline()
                        .addLast(new WebSocketServerProtocolHandler("/v1/ws", "starling.v1.json"));
                    channel.pipeline().addLast(new Session());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  String url() {
    return "ws://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many times it did the wrong thing. */
  int wrongs() {
    return wrongs.get();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private boolean isWrong() {
    return fault != Fault.NONE && signals <= AMONG && signals % EVERY == 0;
  }

  private static void send(@Nullable Channel channel, String text) {
    if (channel != null) {
      channel.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  private final class Session extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private String id = "";
    private String room = "";

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
      String text = frame.text();
      Map<String, String> fields = new LinkedHashMap<>();
      Matcher matcher = FIELD.matcher(text);
      while (matcher.find()) {
        fields.putIfAbsent(matcher.group(1), matcher.group(2));
      }
      take(ctx.channel(), fields, text);
    }

    private void take(Channel channel, Map<String, String> fields, String text) {
      switch (fields.getOrDefault("type", "")) {
        case "hello" -> {
          id = "m" + ++sessions;
          send(
              channel,
              "{\"type\":\"welcome\",\"session\":\""
                  + id
                  + "\",\"resumeToken\":\"r\",\"resumed\":false,\"offset\":\"0\"}");
        }
        case "join" -> {
          room = fields.getOrDefault("room", "");
          members().put(id, channel);
          send(channel, "{\"type\":\"joined\",\"id\":" + fields.get("id") + "}");
        }
        case "signal" -> signal(channel, fields, text);
        case "broadcast", "chat" -> spread(channel, fields, text);
        default -> {}
      }
    }

    private Map<String, Channel> members() {
      return rooms.computeIfAbsent(room, name -> new LinkedHashMap<>());
    }

    private void signal(Channel channel, Map<String, String> fields, String text) {
      signals++;
      Channel receiver = members().get(fields.getOrDefault("to", ""));
      String frame = relayed("signal", text);
      if (!isWrong()) {
        send(receiver, frame);
        release(id + fields.get("to"));
      } else if (fault == Fault.REFUSE) {
        wrongs.incrementAndGet();
        send(channel, "{\"type\":\"error\",\"id\":" + fields.get("id") + ",\"code\":\"BUSY\"}");
        return;
      } else {
        doWrong(channel, receiver, id + fields.get("to"), frame);
      }
      send(channel, "{\"type\":\"done\",\"id\":" + fields.get("id") + "}");
    }

    private void doWrong(
        Channel sender, @Nullable Channel receiver, String direction, String frame) {
      switch (fault) {
        case DOUBLE -> {
          wrongs.incrementAndGet();
          send(receiver, frame);
          send(receiver, frame);
        }
        case MISDELIVER -> {
          wrongs.incrementAndGet();
          send(sender, frame);
        }
        case SWAP -> {
          held.put(direction, new Held(receiver, frame));
          // The last of a run has no next one to swap with.
          sender
              .eventLoop()
              .schedule(
                  () -> let(held.remove(direction)), LONGEST_HELD_MILLIS, TimeUnit.MILLISECONDS);
        }
        default -> wrongs.incrementAndGet();
      }
    }

    private void release(String direction) {
      Held late = held.remove(direction);
      if (late != null) {
        wrongs.incrementAndGet();
        let(late);
      }
    }

    private void let(@Nullable Held late) {
      if (late != null) {
        send(late.receiver, late.frame);
      }
    }

    private void spread(Channel channel, Map<String, String> fields, String text) {
      String type = fields.getOrDefault("type", "");
      members()
          .forEach((member, other) -> {
            if (!member.equals(id)) {
              send(other, relayed(type, text));
            }
          });
      send(channel, "{\"type\":\"done\",\"id\":" + fields.get("id") + "}");
    }

    private String relayed(String type, String text) {
      String data = text.substring(text.indexOf("\"data\":"), text.length() - 1);
      return type.equals("chat")
          ? "{\"type\":\"chat\",\"message\":{\"from\":\""
              + id
              + "\","
              + data
              + "},\"offset\":\"1\"}"
          : "{\"type\":\"" + type + "\",\"from\":\"" + id + "\"," + data + ",\"offset\":\"1\"}";
    }
  }
}
