package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/**
 * A path that sends every message back, so that suites for WebSocket can be run against the very
 * decoder that clients meet; with compression (RFC 7692), which clients are not offered. For
 * loopback only.
 */
final class Conformance {
  static final String PATH = "/conformance/ws";

  /** The largest message, also when it is unpacked. */
  static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private static final String RESERVED_BITS = "reserved-bits";
  private static final int COMPRESSION_LEVEL = 6;
  private static final int WINDOW_BITS = 15;

  private Conformance() {}

  static void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast(RESERVED_BITS, new ReservedBits());
    pipeline.addLast(
        new WebSocketServerExtensionHandler(
            new PerMessageDeflateServerExtensionHandshaker(
                COMPRESSION_LEVEL, false, WINDOW_BITS, true, true, MAX_MESSAGE_BYTES)),
        new Handshake());
    // The handlers above see the request as well: one of them takes up its wish for compression.
    ctx.fireChannelRead(request.retain());
  }

  private static final class Handshake extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      WebSocketDecoderConfig config =
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(MAX_MESSAGE_BYTES)
              .expectMaskedFrames(true)
              .allowMaskMismatch(false)
              // What may be set is checked by the handler of reserved bits.
              .allowExtensions(true)
              .closeOnProtocolViolation(false)
              .withUTF8Validator(false)
              .build();
      ChannelPipeline pipeline = ctx.pipeline();
      new WebSocketServerHandshaker13(request.uri(), null, config)
          .handshake(ctx.channel(), request)
          .addListener(agreed -> unpackWholeMessages(pipeline));
      pipeline.remove(EdgeInitializer.FIRST_BYTES);
      pipeline.remove(EdgeInitializer.DEADLINE);
      pipeline.remove(EdgeInitializer.KEEP_ALIVE);
      pipeline.remove(EdgeInitializer.ORDER);
      pipeline.remove(EdgeInitializer.ROUTER);
      pipeline.addLast(new Utf8FrameValidator(false), new Echo());
      pipeline.remove(this);
    }

    /** The unpacking handler fails where the first part of a message holds none of its text yet. */
    private static void unpackWholeMessages(ChannelPipeline pipeline) {
      if (pipeline.get(WebSocketExtensionDecoder.class) != null) {
        pipeline.addAfter(RESERVED_BITS, null, new WebSocketFrameAggregator(MAX_MESSAGE_BYTES));
      }
    }
  }
}
