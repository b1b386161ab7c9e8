package dev.starling.server.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** The handlers of a new client connection, in the order in which bytes meet them. */
final class EdgeInitializer extends ChannelInitializer<Channel> {
  /** Names for what an upgrade removes. */
  static final String DEADLINE = "deadline";

  static final String KEEP_ALIVE = "keep-alive";
  static final String AGGREGATOR = "aggregator";
  static final String ORDER = "order";
  static final String ROUTER = "router";

  private final EdgeConfig.Bounds bounds;
  private final ConnectionGate gate;
  private final @Nullable SslContext tls;
  private final HttpRouter router;

  EdgeInitializer(
      EdgeConfig.Bounds bounds, ConnectionGate gate, @Nullable SslContext tls, HttpRouter router) {
    this.bounds = bounds;
    this.gate = gate;
    this.tls = tls;
    this.router = router;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(gate);
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(bounds.headerBytes())
                .setMaxHeaderSize(bounds.headerBytes())));
    pipeline.addLast(KEEP_ALIVE, new HttpServerKeepAliveHandler());
    pipeline.addLast(AGGREGATOR, new BodyAggregator(bounds.messageBytes()));
    pipeline.addLast(DEADLINE, new Deadline(bounds.headerMillis(), bounds.idleMillis()));
    pipeline.addLast(Backpressure.INSTANCE);
    pipeline.addLast(ORDER, new RequestOrder());
    pipeline.addLast(ROUTER, router);
  }
}
