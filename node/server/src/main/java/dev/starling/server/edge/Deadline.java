package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request hasn't arrived whole in time, TLS handshake included, however
 * slowly its bytes trickle in; after each request the time starts again.
 */
final class Deadline extends ChannelInboundHandlerAdapter {
  private final int firstMillis;
  private final int idleMillis;
  private @Nullable Future<?> pending;

  /**
   * @param firstMillis for the first request
   * @param idleMillis for each further one
   */
  Deadline(int firstMillis, int idleMillis) {
    this.firstMillis = firstMillis;
    this.idleMillis = idleMillis;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    arm(ctx, firstMillis);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    disarm();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof FullHttpRequest) {
      arm(ctx, idleMillis);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disarm();
    ctx.fireChannelInactive();
  }

  private void arm(ChannelHandlerContext ctx, int millis) {
    disarm();
    pending = ctx.executor().schedule(() -> ctx.close(), millis, TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
