package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;

/**
 * Watches the parts of messages before they are put together: each counts against its client's rate
 * though it may be empty, and a message has only so many, since each costs more memory than its
 * bytes.
 */
final class Fragments extends ChannelInboundHandlerAdapter {
  private static final int FEWEST = 64;
  private static final int BYTES_PER_PART = 1024;

  private final NativeConnection connection;
  private final int most;
  private int parts;
  private int bytes;

  /**
   * @param messageBytes the largest message
   */
  Fragments(NativeConnection connection, int messageBytes) {
    this.connection = connection;
    this.most = FEWEST + messageBytes / BYTES_PER_PART;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame && isPart(frame) && !take(frame)) {
      ReferenceCountUtil.release(frame);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** From the first part on messages are put together; few clients ever send parts. */
  static void gather(
      ChannelHandlerContext ctx,
      NativeConnection connection,
      int messageBytes,
      WebSocketFrame part) {
    Fragments fragments = new Fragments(connection, messageBytes);
    ctx.pipeline()
        .addBefore(ctx.name(), null, fragments)
        .addBefore(ctx.name(), null, new WebSocketFrameAggregator(messageBytes));
    fragments.channelRead(ctx.pipeline().context(fragments), part);
  }

  static boolean isPart(WebSocketFrame frame) {
    return frame instanceof ContinuationWebSocketFrame || !frame.isFinalFragment();
  }

  private boolean take(WebSocketFrame part) {
    if (part.isFinalFragment()) {
      parts = 0;
      bytes = 0;
    } else {
      parts++;
      bytes += part.content().readableBytes();
    }
    return parts <= most
        ? connection.tookPart(bytes, part.isFinalFragment())
        : connection.refuseParts();
  }
}
