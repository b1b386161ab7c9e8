package dev.starling.tools.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken over {@link FloorRelay}: the same messages, which come as they were sent, so that
 * the receiver of a signal confirms by the sender's own number. Broadcasts aren't confirmed.
 */
final class FloorWire extends JsonWire {
  private static final byte[] ID = ascii("id");
  private static final byte[] NOTHING = {};

  private final boolean confirms;

  /**
   * @param confirms whether the other end says what it took in, where there is only one
   */
  FloorWire(boolean confirms) {
    this.confirms = confirms;
  }

  @Override
  public boolean isAnswered() {
    return confirms;
  }

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
    return confirms ? ID : NOTHING;
  }

  @Override
  void confirmed(long offset, Inbound inbound) {
    inbound.doneThrough(offset);
  }
}
