package dev.starling.server.edge;

import dev.starling.server.host.NodeHost;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Arrays;

/** Turns an HTTP connection into one of the native protocol (RFC 6455, section 4). */
final class WebSocketUpgrade {
  /** The JSON form; also what a client without a wish gets. */
  private static final String JSON = "starling.v1.json";

  private WebSocketUpgrade() {}

  static void upgrade(
      ChannelHandlerContext ctx, FullHttpRequest request, EdgeConfig.Bounds bounds, NodeHost node) {
    if (!accepts(request)) {
      HttpAnswers.refuse(
          ctx, request, HttpResponseStatus.BAD_REQUEST, "the subprotocol must be " + JSON);
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    handshaker(request, bounds).handshake(ctx.channel(), request);
    pipeline.remove(EdgeInitializer.DEADLINE);
    pipeline.remove(EdgeInitializer.KEEP_ALIVE);
    pipeline.addLast(new WebSocketFrameAggregator(bounds.messageBytes()));
    pipeline.addLast(new NativeConnection(node, ctx.channel(), bounds));
    pipeline.remove(EdgeInitializer.ROUTER);
    // The router may have stopped reading; from here on the session's bounds count.
    ctx.channel().config().setAutoRead(true);
  }

  private static boolean accepts(FullHttpRequest request) {
    String wished = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    return wished == null || Arrays.stream(wished.split(",")).anyMatch(w -> w.trim().equals(JSON));
  }

  private static WebSocketServerHandshaker handshaker(
      FullHttpRequest request, EdgeConfig.Bounds bounds) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(bounds.messageBytes())
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            // Closing is the connection's part: Netty's way loses the code where data is unread.
            .closeOnProtocolViolation(false)
            // The reader checks UTF-8 in the same pass as the rest.
            .withUTF8Validator(false)
            .build();
    return new WebSocketServerHandshaker13(request.uri(), JSON, config);
  }
}
