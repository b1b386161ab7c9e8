package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.util.ReferenceCountUtil;

/**
 * Refuses reserved bits but the one that marks a compressed message, on its first frame, where
 * compression was agreed on (RFC 7692, section 6).
 */
final class ReservedBits extends ChannelInboundHandlerAdapter {
  private static final int COMPRESSED = 4;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof WebSocketFrame frame && frame.rsv() != 0 && !isCompressed(ctx, frame)) {
      ReferenceCountUtil.release(frame);
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits are set");
    }
    ctx.fireChannelRead(message);
  }

  private static boolean isCompressed(ChannelHandlerContext ctx, WebSocketFrame frame) {
    boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
    return frame.rsv() == COMPRESSED
        && first
        && ctx.pipeline().get(WebSocketExtensionDecoder.class) != null;
  }
}
