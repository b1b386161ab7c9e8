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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
  private final Map<Channel, Held> held = new LinkedHashMap<>();
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
    MISDELIVER,
    /** Says that it doesn't know whether it delivered, until asked again. */
    DOUBT,
    /** Ends the connection that the first signal came over. */
    HANG_UP
  }

  private record Held(Channel receiver, String frame) {}

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
                        .addLast(
                            new WebSocketServerProtocolHandler(
                                "/v1/ws", "starling.v1.json,starling.v1.proto"));
                    channel.pipeline().addLast(new BinaryTranslator());
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
    if (fault == Fault.HANG_UP) {
      return signals == 1;
    }
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
    private final Set<String> doubted = new HashSet<>();

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

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      members().remove(id, ctx.channel());
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
      String number = fields.getOrDefault("id", "");
      if (doubted.remove(number)) {
        done(channel, number);
        return;
      }
      signals++;
      Channel receiver = members().get(fields.getOrDefault("to", ""));
      if (receiver == null || !receiver.isActive()) {
        error(channel, number, "UNREACHABLE");
      } else if (isWrong()) {
        doWrong(channel, receiver, number, relayed("signal", text));
      } else {
        send(receiver, relayed("signal", text));
        release(channel, receiver);
        done(channel, number);
      }
    }

    private void doWrong(Channel sender, Channel receiver, String number, String frame) {
      wrongs.addAndGet(fault == Fault.SWAP ? 0 : 1);
      switch (fault) {
        case REFUSE -> error(sender, number, "BUSY");
        case DOUBT -> {
          send(receiver, frame);
          doubted.add(number);
          error(sender, number, "INDETERMINATE");
        }
        case HANG_UP -> sender.close();
        default -> {
          relayWrongly(sender, receiver, frame);
          done(sender, number);
        }
      }
    }

    private void relayWrongly(Channel sender, Channel receiver, String frame) {
      switch (fault) {
        case DOUBLE -> {
          send(receiver, frame);
          send(receiver, frame);
        }
        case MISDELIVER -> send(sender, frame);
        case SWAP -> hold(sender, receiver, frame);
        default -> {}
      }
    }

    /** Until the next signal overtakes it; the last of a run has no next one. */
    private void hold(Channel sender, Channel receiver, String frame) {
      held.put(sender, new Held(receiver, frame));
      sender
          .eventLoop()
          .schedule(() -> let(held.remove(sender)), LONGEST_HELD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void release(Channel sender, Channel receiver) {
      Held late = held.get(sender);
      if (late != null && late.receiver.equals(receiver)) {
        wrongs.incrementAndGet();
        let(held.remove(sender));
      }
    }

    private void done(Channel channel, String number) {
      send(channel, "{\"type\":\"done\",\"id\":" + number + "}");
    }

    private void error(Channel channel, String number, String code) {
      send(channel, "{\"type\":\"error\",\"id\":" + number + ",\"code\":\"" + code + "\"}");
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
      done(channel, fields.getOrDefault("id", ""));
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
