package dev.starling.server.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request hasn't arrived whole in time, TLS handshake included, however
 * slowly its bytes trickle in. Between requests it may rest for longer, but from the first byte of
 * the next one on the time is the same. Counts connections that haven't asked for anything yet.
 */
final class Deadline extends ChannelInboundHandlerAdapter {
  private final int requestMillis;
  private final int idleMillis;
  private final AtomicInteger silent;
  private @Nullable Future<?> pending;
  private boolean asked;
  private boolean resting;

  /**
   * @param requestMillis for each request, and for a TLS handshake together with the first
   * @param idleMillis from one request to the first byte of the next
   * @param silent how many connections haven't asked for anything yet
   */
  Deadline(int requestMillis, int idleMillis, AtomicInteger silent) {
    this.requestMillis = requestMillis;
    this.idleMillis = idleMillis;
    this.silent = silent;
  }

  /** Sees bytes before they are understood; stands before the HTTP decoder. */
  ChannelHandler firstBytes() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (resting) {
          resting = false;
          arm(ctx, requestMillis);
        }
        ctx.fireChannelRead(message);
      }
    };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    silent.incrementAndGet();
    arm(ctx, requestMillis);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    noLongerSilent();
    disarm();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof FullHttpRequest) {
      noLongerSilent();
      resting = true;
      arm(ctx, idleMillis);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disarm();
    ctx.fireChannelInactive();
  }

  private void noLongerSilent() {
    if (!asked) {
      asked = true;
      silent.decrementAndGet();
    }
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
