package dev.starling.tools.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Hands what one connection brings to its client. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
  private final Client client;
  private final Wire wire;
  private String reason = "closed without a reason";

  ClientHandler(Client client, Wire wire) {
    this.client = client;
    this.wire = wire;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      client.opened(ctx.channel());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    WebSocketFrame frame = (WebSocketFrame) message;
    try {
      if (frame instanceof CloseWebSocketFrame close) {
        reason = "closed with " + close.statusCode() + " " + close.reasonText();
        ctx.close();
      } else {
        wire.decode(frame.content(), client);
      }
    } finally {
      frame.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    client.readCompleted();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    client.closed(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    reason = cause.toString();
    ctx.close();
  }
}
