package dev.starling.server.edge;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Whoever asks on and on without reading the answers is not listened to meanwhile, so that no more
 * than a few answers wait in memory. Stateless, shared by all connections.
 */
@Sharable
final class Backpressure extends ChannelInboundHandlerAdapter {
  static final Backpressure INSTANCE = new Backpressure();

  private Backpressure() {}

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(true);
  }
}
