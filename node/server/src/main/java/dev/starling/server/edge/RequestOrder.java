package dev.starling.server.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;

/**
 * Passes on one request of a connection at a time, the next when the answer before has left:
 * answers of the API come later, and must come in the order of their requests (RFC 9112, section
 * 9.3.2), and answers that nobody reads must not pile up. Who sends many without waiting is closed.
 */
final class RequestOrder extends ChannelDuplexHandler {
  private static final int MAX_WAITING = 16;
  private static final int MAX_WAITING_BYTES = 64 * 1024;

  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(0);
  private boolean busy;
  private boolean over;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ctx.fireChannelRead(message);
    } else if (over) {
      request.release();
    } else if (!busy) {
      busy = true;
      ctx.fireChannelRead(request);
    } else if (hasPlaceFor(request)) {
      waiting.add(request);
    } else {
      request.release();
      end();
      ctx.close();
    }
  }

  private boolean hasPlaceFor(FullHttpRequest request) {
    int bytes = request.content().readableBytes();
    for (FullHttpRequest before : waiting) {
      bytes += before.content().readableBytes();
    }
    return waiting.size() < MAX_WAITING && bytes <= MAX_WAITING_BYTES;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean answer = message instanceof FullHttpResponse;
    ctx.write(
        message, answer ? promise.unvoid().addListener(sent -> answered(ctx, sent)) : promise);
  }

  private void answered(ChannelHandlerContext ctx, Future<?> sent) {
    if (!sent.isSuccess()) {
      end();
      ctx.close();
      return;
    }
    FullHttpRequest next = waiting.poll();
    busy = next != null;
    if (next != null) {
      ctx.fireChannelRead(next);
    }
  }

  /** Nothing is answered any more; what was decoded already still comes. */
  private void end() {
    over = true;
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }
}
