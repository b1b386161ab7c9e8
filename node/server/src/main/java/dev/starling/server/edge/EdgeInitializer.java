package dev.starling.server.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The handlers of a new client connection, in the order in which bytes meet them. */
final class EdgeInitializer extends ChannelInitializer<Channel> {
  /** Names for what an upgrade removes. */
  static final String DEADLINE = "deadline";

  static final String FIRST_BYTES = "first-bytes";
  static final String KEEP_ALIVE = "keep-alive";
  static final String AGGREGATOR = "aggregator";
  static final String ORDER = "order";
  static final String ROUTER = "router";

  /** Of all requests together, while they are coming. */
  private static final long MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final EdgeConfig.Bounds bounds;
  private final ConnectionGate gate;
  private final @Nullable SslContext tls;
  private final HttpRouter router;
  private final AtomicInteger silent;
  private final BodyBudget bodies = new BodyBudget(MAX_BODY_BYTES);

  /**
   * @param silent counts connections that haven't asked for anything yet
   */
  EdgeInitializer(
      EdgeConfig.Bounds bounds,
      ConnectionGate gate,
      AtomicInteger silent,
      @Nullable SslContext tls,
      HttpRouter router) {
    this.bounds = bounds;
    this.gate = gate;
    this.silent = silent;
    this.tls = tls;
    this.router = router;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    Deadline deadline = new Deadline(bounds.headerMillis(), bounds.idleMillis(), silent);
    pipeline.addLast(gate);
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    pipeline.addLast(FIRST_BYTES, deadline.firstBytes());
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(bounds.headerBytes())
                .setMaxHeaderSize(bounds.headerBytes())));
    pipeline.addLast(KEEP_ALIVE, new HttpServerKeepAliveHandler());
    pipeline.addLast(AGGREGATOR, new BodyAggregator(bounds.messageBytes(), bodies));
    pipeline.addLast(DEADLINE, deadline);
    pipeline.addLast(Backpressure.INSTANCE);
    pipeline.addLast(ORDER, new RequestOrder());
    pipeline.addLast(ROUTER, router);
  }
}
