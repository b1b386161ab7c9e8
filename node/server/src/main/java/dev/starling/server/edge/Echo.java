package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Sends each frame back, and ends the connection as RFC 6455 wants it. */
final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** Above the codes that applications may use (RFC 6455, section 7.4.2). */
  private static final int STATUS_END = 5000;

  private int messageBytes;
  private boolean closing;

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (closing) {
      return;
    }
    switch (frame) {
      case CloseWebSocketFrame close -> answerClose(ctx, close);
      case PingWebSocketFrame ping -> send(ctx, new PongWebSocketFrame(ping.content().retain()));
      case PongWebSocketFrame pong -> {}
      default -> echo(ctx, frame);
    }
  }

  private void echo(ChannelHandlerContext ctx, WebSocketFrame frame) {
    messageBytes += frame.content().readableBytes();
    if (messageBytes > Conformance.MAX_MESSAGE_BYTES) {
      end(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
      return;
    }
    boolean last = frame.isFinalFragment();
    messageBytes = last ? 0 : messageBytes;
    var content = frame.content().retain();
    send(
        ctx,
        switch (frame) {
          case TextWebSocketFrame text -> new TextWebSocketFrame(last, 0, content);
          case BinaryWebSocketFrame binary -> new BinaryWebSocketFrame(last, 0, content);
          default -> new ContinuationWebSocketFrame(last, 0, content);
        });
  }

  private static void send(ChannelHandlerContext ctx, WebSocketFrame frame) {
    ctx.writeAndFlush(frame);
  }

  private void answerClose(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    if (close.statusCode() >= STATUS_END) {
      end(ctx, WebSocketCloseStatus.PROTOCOL_ERROR);
      return;
    }
    closing = true;
    CloseWebSocketFrame answer =
        close.content().isReadable()
            ? new CloseWebSocketFrame(close.statusCode(), "")
            : new CloseWebSocketFrame();
    ctx.writeAndFlush(answer).addListener(sent -> ctx.close());
  }

  private void end(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
    if (!closing) {
      closing = true;
      LastWord.say(ctx, new CloseWebSocketFrame(status));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException violation -> end(ctx, violation.closeStatus());
      case TooLongFrameException tooLong -> end(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
      case DecompressionException broken -> end(ctx, WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
      default -> ctx.close();
    }
  }
}
