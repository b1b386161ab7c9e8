package dev.starling.server.edge;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.FrameWriter;
import dev.starling.server.host.ClientLink;
import dev.starling.server.host.ConnectionHost;
import dev.starling.server.host.NodeHost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the native protocol over WebSocket. Frames come in on the channel's loop; sends
 * come from any loop, are encoded on this one and flushed once a turn of it, so that what many
 * senders write to a client leaves in one system call.
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

  /** Above the codes that applications may use (RFC 6455, section 7.4.2). */
  private static final int STATUS_END = 5000;

  private static final String TOO_LARGE = "the message is too large";

  private final Channel channel;
  private final WireForm form;
  private final EdgeConfig.Bounds bounds;
  private final ConnectionHost connection;
  private final FrameBatch batch;
  private final WaitingBytes waiting;
  private boolean flushScheduled;
  private boolean closing;

  NativeConnection(NodeHost node, Channel channel, WireForm form, EdgeConfig.Bounds bounds) {
    this.channel = channel;
    this.form = form;
    this.bounds = bounds;
    this.batch = new FrameBatch(channel);
    this.connection =
        node.connect(this, channel.eventLoop(), ConnectionGate.takeVisitorOf(channel));
    this.waiting = new WaitingBytes(channel, connection, batch);
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
      case PongWebSocketFrame pong -> connection.heard(pong.content().readableBytes());
      case PingWebSocketFrame ping -> {
        connection.heard(ping.content().readableBytes());
        if (takesMore()) {
          batch.add(FrameBatch.PONG, ping.content());
          scheduleFlush();
        }
      }
      case CloseWebSocketFrame close -> closedByClient(ctx, close);
      case WebSocketFrame part when Fragments.isPart(part) ->
          Fragments.gather(ctx, this, bounds.messageBytes(), part.retain());
      case WebSocketFrame data when form.takes(data) -> message(data.content());
      default -> refuse(Code.WRONG_FRAME, "not this subprotocol's kind of frame", frame.content());
    }
  }

  private void message(ByteBuf content) {
    int length = content.readableBytes();
    boolean own = content.hasArray() && content.arrayOffset() + content.readerIndex() == 0;
    byte[] bytes = own ? content.array() : ByteBufUtil.getBytes(content);
    connection.received(form.reader().read(bytes, length), length);
  }

  /**
   * A part of a message came.
   *
   * @param waitingBytes what has come of the message
   * @return whether it is of interest
   */
  boolean tookPart(int waitingBytes, boolean last) {
    waiting.parts(waitingBytes);
    if (!closing && !last) {
      connection.heard(0);
      waiting.settle();
    }
    return !closing;
  }

  /** A message came in too many parts; false, since no part of it is of interest any more. */
  boolean refuseParts() {
    if (!closing) {
      refuse(Code.TOO_LARGE, "the message has too many parts", Unpooled.EMPTY_BUFFER);
    }
    return false;
  }

  /** So much of an unfinished frame has come. */
  void waitsForRest(int bytes) {
    waiting.frame(bytes);
  }

  private void refuse(Code code, String message, ByteBuf content) {
    connection.received(new ClientFrame.Refused(null, code, message), content.readableBytes());
  }

  private void closedByClient(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    int status = close.statusCode();
    if (status >= STATUS_END) {
      violated(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, "no such close code");
      return;
    }
    closing = true;
    // Before the answer, so that whoever has it finds the session ended.
    connection.closed(status == NORMAL_CLOSURE || status == NO_STATUS);
    CloseWebSocketFrame answer =
        status == NO_STATUS ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, "");
    channel.writeAndFlush(batch.end(answer)).addListener(sent -> channel.close());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.writable(channel.isWritable());
    waiting.settle();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    batch.drop();
    connection.closed(false);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException violation ->
          violated(ctx, violation.closeStatus(), violation.closeStatus().reasonText());
      case TooLongFrameException tooLong ->
          refuse(Code.TOO_LARGE, TOO_LARGE, Unpooled.EMPTY_BUFFER);
      // What the client's side does wrong below WebSocket; its end follows or is due.
      case IOException lost -> channel.close();
      case CodecException broken -> channel.close();
      default -> {
        log.error("a connection failed; this is a fault of the server", cause);
        close(Code.INTERNAL, "a fault of the server");
      }
    }
  }

  /** Closes after a violation of WebSocket: no answer to the close frame can be read any more. */
  private void violated(ChannelHandlerContext ctx, WebSocketCloseStatus status, String reason) {
    if (!closing) {
      if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
        send(new ServerMessage.Failed(null, Code.TOO_LARGE, TOO_LARGE), null, "");
      }
      closing = true;
      LastWord.say(ctx, batch.end(new CloseWebSocketFrame(status, reason)));
    }
  }

  @Override
  public void send(ServerMessage message, @Nullable String offset, String receiver) {
    if (channel.eventLoop().inEventLoop()) {
      sendOnLoop(message, offset, receiver);
    } else {
      channel.eventLoop().execute(() -> sendOnLoop(message, offset, receiver));
    }
  }

  private void sendOnLoop(ServerMessage message, @Nullable String offset, String receiver) {
    if (takesMore()) {
      FrameWriter writer = form.writer();
      int length = writer.write(message, offset, receiver);
      batch.add(form.opcode(), writer.buffer(), length);
      scheduleFlush();
    }
  }

  @Override
  public void ping() {
    onLoop(() -> {
      if (takesMore()) {
        batch.add(FrameBatch.PING, Unpooled.EMPTY_BUFFER);
        scheduleFlush();
      }
    });
  }

  @Override
  public void close(Code code, String message) {
    onLoop(() -> {
      if (!closing) {
        closing = true;
        channel.writeAndFlush(batch.end(new CloseWebSocketFrame(code.closeCode(), message)));
        LastWord.closeLater(channel);
      }
    });
  }

  @Override
  public void drop() {
    onLoop(() -> {
      if (waiting.pending() > 0) {
        channel.close();
      }
    });
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** Whether one more frame may be written; a client that is too far behind is closed. */
  private boolean takesMore() {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (closing || pending == null) {
      return false;
    }
    if (isBehind(pending)) {
      close(Code.SLOW_CONSUMER, "read faster");
      return false;
    }
    return true;
  }

  /** Whether too much of what came before is still waiting; one large frame is nobody's fault. */
  private boolean isBehind(ChannelOutboundBuffer pending) {
    if (pending.totalPendingWriteBytes() + batch.bytes() <= bounds.outboundBytes()) {
      return false;
    }
    batch.handOver();
    channel.flush();
    return pending.totalPendingWriteBytes() > bounds.outboundBytes();
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      channel.eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    if (!closing) {
      batch.handOver();
      channel.flush();
    }
    waiting.settle();
  }
}
