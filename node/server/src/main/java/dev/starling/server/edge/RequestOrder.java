package dev.starling.server.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.ArrayDeque;

/**
 * Passes on one request of a connection at a time: answers of the API come later, and must come in
 * the order of their requests (RFC 9112, section 9.3.2). Who sends many without waiting is closed.
 */
final class RequestOrder extends ChannelDuplexHandler {
  private static final int MAX_WAITING = 16;

  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(0);
  private boolean busy;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ctx.fireChannelRead(message);
    } else if (!busy) {
      busy = true;
      ctx.fireChannelRead(request);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(request);
    } else {
      request.release();
      ctx.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message, promise);
    if (message instanceof FullHttpResponse) {
      FullHttpRequest next = waiting.poll();
      busy = next != null;
      if (next != null) {
        ctx.fireChannelRead(next);
      }
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }
}
