package dev.starling.server.edge;

import dev.starling.server.host.NodeHost;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns HTTP connections into ones of the native protocol (RFC 6455, section 4). */
final class WebSocketUpgrade {
  private final EdgeConfig.Bounds bounds;
  private final List<WireForm> forms;
  private final NodeHost node;
  private final WebSocketDecoderConfig frames;

  WebSocketUpgrade(EdgeConfig.Bounds bounds, NodeHost node) {
    this.bounds = bounds;
    this.forms = WireForm.all(bounds.jsonDepth());
    this.node = node;
    this.frames =
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
  }

  /** Upgrades a connection to one of the forms. */
  void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, WireForm form) {
    ChannelPipeline pipeline = ctx.pipeline();
    handshaker(request, form).handshake(ctx.channel(), request);
    // The connection writes its frames itself.
    pipeline.remove(WebSocket13FrameEncoder.class);
    pipeline.remove(EdgeInitializer.FIRST_BYTES);
    pipeline.remove(EdgeInitializer.DEADLINE);
    pipeline.remove(EdgeInitializer.KEEP_ALIVE);
    pipeline.remove(Backpressure.INSTANCE);
    pipeline.remove(EdgeInitializer.ORDER);
    NativeConnection connection = new NativeConnection(node, ctx.channel(), form, bounds);
    pipeline.get(FrameDecoder.class).tell(connection);
    pipeline.addLast(connection);
    pipeline.remove(EdgeInitializer.ROUTER);
  }

  /** The first of the client's wishes that there is, or null where there is none of them. */
  @Nullable WireForm chosen(FullHttpRequest request) {
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

  /** What a client can wish for. */
  String subprotocols() {
    return forms.stream().map(WireForm::subprotocol).collect(Collectors.joining(" or "));
  }

  private WebSocketServerHandshaker handshaker(FullHttpRequest request, WireForm form) {
    return new WebSocketServerHandshaker13(request.uri(), form.subprotocol(), frames) {
      @Override
      protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new FrameDecoder(frames);
      }
    };
  }
}
