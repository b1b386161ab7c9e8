package dev.starling.server.edge;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.json.JsonFrameReader;
import dev.starling.proto.json.JsonFrameWriter;
import dev.starling.server.host.ClientLink;
import dev.starling.server.host.ConnectionHost;
import dev.starling.server.host.NodeHost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the native protocol over WebSocket. Frames come in on the channel's loop; sends
 * come from any loop and are flushed once a turn of this one, so that what many senders write to a
 * client leaves in few system calls.
 */
final class NativeConnection extends SimpleChannelInboundHandler<WebSocketFrame>
    implements ClientLink {
  private static final Logger log = LoggerFactory.getLogger(NativeConnection.class);

  /**
   * The session is over at once for these (RFC 6455, section 7.4.1); 1005 means that no code was
   * given.
   */
  private static final int NORMAL_CLOSURE = 1000;

  private static final int NO_STATUS = -1;

  /** How long a client may take to answer a close. */
  private static final int CLOSE_SECONDS = 2;

  private static final FastThreadLocal<JsonFrameWriter> WRITER =
      new FastThreadLocal<>() {
        @Override
        protected JsonFrameWriter initialValue() {
          return new JsonFrameWriter();
        }
      };

  private final Channel channel;
  private final JsonFrameReader reader;
  private final int maxOutboundBytes;
  private final ConnectionHost connection;
  private boolean flushScheduled;
  private boolean closing;
  private boolean cleanEnd;

  NativeConnection(NodeHost node, Channel channel, EdgeConfig.Bounds bounds) {
    this.channel = channel;
    this.reader = new JsonFrameReader(bounds.jsonDepth());
    this.maxOutboundBytes = bounds.outboundBytes();
    this.connection = node.connect(this, channel.eventLoop());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (closing) {
      if (frame instanceof CloseWebSocketFrame) {
        channel.close();
      }
      return;
    }
    switch (frame) {
      case TextWebSocketFrame text -> text(text.content());
      case PongWebSocketFrame pong -> connection.heard();
      case PingWebSocketFrame ping -> {
        connection.heard();
        write(new PongWebSocketFrame(ping.content().retain()));
      }
      case CloseWebSocketFrame close -> closedByClient(close);
      case BinaryWebSocketFrame binary ->
          refuse(Code.WRONG_FRAME, "this form takes text frames", binary.content());
      default -> log.debug("a frame that the aggregator should have joined: {}", frame);
    }
  }

  private void text(ByteBuf content) {
    int length = content.readableBytes();
    boolean own = content.hasArray() && content.arrayOffset() + content.readerIndex() == 0;
    byte[] bytes = own ? content.array() : ByteBufUtil.getBytes(content);
    connection.received(reader.read(bytes, length), length);
  }

  private void refuse(Code code, String message, ByteBuf content) {
    connection.received(new ClientFrame.Refused(null, code, message), content.readableBytes());
  }

  private void closedByClient(CloseWebSocketFrame close) {
    closing = true;
    int status = close.statusCode();
    cleanEnd = status == NORMAL_CLOSURE || status == NO_STATUS;
    CloseWebSocketFrame answer =
        status == NO_STATUS ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, "");
    channel.writeAndFlush(answer).addListener(sent -> channel.close());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.writable(channel.isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    connection.closed(cleanEnd);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      refuse(Code.TOO_LARGE, "the message is too large", Unpooled.EMPTY_BUFFER);
    } else if (cause instanceof CorruptedWebSocketFrameException) {
      // The decoder has sent the close frame that the violation calls for.
      closing = true;
    } else if (cause instanceof IOException) {
      channel.close();
    } else {
      log.error("a connection failed; this is a fault of the server", cause);
      close(Code.INTERNAL, "a fault of the server");
    }
  }

  @Override
  public void send(ServerMessage message, @Nullable String offset, String receiver) {
    JsonFrameWriter writer = WRITER.get();
    int length = writer.write(message, offset, receiver);
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    write(new TextWebSocketFrame(frame.writeBytes(writer.buffer(), 0, length)));
  }

  @Override
  public void ping() {
    write(new PingWebSocketFrame());
  }

  @Override
  public void close(Code code, String message) {
    onLoop(() -> {
      if (!closing) {
        closing = true;
        channel.writeAndFlush(new CloseWebSocketFrame(code.closeCode(), message));
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    });
  }

  private void write(WebSocketFrame frame) {
    if (channel.eventLoop().inEventLoop()) {
      writeOnLoop(frame);
    } else {
      channel.eventLoop().execute(() -> writeOnLoop(frame));
    }
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  private void writeOnLoop(WebSocketFrame frame) {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (closing || pending == null) {
      frame.release();
      return;
    }
    channel.write(frame, channel.voidPromise());
    if (pending.totalPendingWriteBytes() > maxOutboundBytes) {
      close(Code.SLOW_CONSUMER, "read faster");
    } else if (!flushScheduled) {
      flushScheduled = true;
      channel.eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    channel.flush();
  }
}
