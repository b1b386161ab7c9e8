package dev.starling.tools.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken over {@link FloorRelay}: the same signals, which come as they were sent, so that
 * the receiver confirms by the sender's own number.
 */
final class FloorWire extends JsonWire {
  private static final byte[] ID = ascii("id");

  @Override
  public @Nullable String subprotocol() {
    return null;
  }

  @Override
  public @Nullable WebSocketFrame hello(ByteBufAllocator memory, Credentials credentials) {
    return null;
  }

  @Override
  public @Nullable WebSocketFrame join(ByteBufAllocator memory, long id, String room) {
    return null;
  }

  @Override
  byte[] toConfirm() {
    return ID;
  }

  @Override
  void confirmed(long offset, Inbound inbound) {
    inbound.doneThrough(offset);
  }
}
