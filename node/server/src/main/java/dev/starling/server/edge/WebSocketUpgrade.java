package dev.starling.server.edge;

import dev.starling.server.host.NodeHost;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into one of the native protocol (RFC 6455, section 4). */
final class WebSocketUpgrade {
  private WebSocketUpgrade() {}

  static void upgrade(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      EdgeConfig.Bounds bounds,
      List<WireForm> forms,
      NodeHost node) {
    WireForm form = chosen(request, forms);
    if (form == null) {
      String names = forms.stream().map(WireForm::subprotocol).collect(Collectors.joining(" or "));
      HttpAnswers.refuse(
          ctx, request, HttpResponseStatus.BAD_REQUEST, "the subprotocol must be " + names);
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    handshaker(request, form, bounds).handshake(ctx.channel(), request);
    pipeline.remove(EdgeInitializer.FIRST_BYTES);
    pipeline.remove(EdgeInitializer.DEADLINE);
    pipeline.remove(EdgeInitializer.KEEP_ALIVE);
    pipeline.remove(Backpressure.INSTANCE);
    pipeline.remove(EdgeInitializer.ORDER);
    NativeConnection connection = new NativeConnection(node, ctx.channel(), form, bounds);
    pipeline.get(FrameDecoder.class).tell(connection);
    pipeline.addLast(new Fragments(connection, bounds.messageBytes()));
    pipeline.addLast(new WebSocketFrameAggregator(bounds.messageBytes()));
    pipeline.addLast(connection);
    pipeline.remove(EdgeInitializer.ROUTER);
  }

  /** The first of the client's wishes that there is, or null where there is none of them. */
  private static @Nullable WireForm chosen(FullHttpRequest request, List<WireForm> forms) {
    String wishes = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (wishes == null) {
      return forms.getFirst();
    }
    return Arrays.stream(wishes.split(","))
        .map(String::trim)
        .flatMap(wish -> forms.stream().filter(form -> form.subprotocol().equals(wish)))
        .findFirst()
        .orElse(null);
  }

  private static WebSocketServerHandshaker handshaker(
      FullHttpRequest request, WireForm form, EdgeConfig.Bounds bounds) {
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
    return new WebSocketServerHandshaker13(request.uri(), form.subprotocol(), config) {
      @Override
      protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new FrameDecoder(config);
      }
    };
  }
}
