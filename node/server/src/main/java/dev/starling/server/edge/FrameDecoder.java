package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.jspecify.annotations.Nullable;

/** Takes WebSocket frames apart, and says how much of an unfinished one is waiting. */
final class FrameDecoder extends WebSocket13FrameDecoder {
  private @Nullable NativeConnection connection;

  FrameDecoder(WebSocketDecoderConfig config) {
    super(config);
  }

  /** Whom to tell. */
  void tell(NativeConnection listener) {
    connection = listener;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (connection != null) {
      connection.waitsForRest(actualReadableBytes());
    }
    super.channelReadComplete(ctx);
  }
}
