package dev.starling.tools.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * One form of the protocol between a client and a server. An instance belongs to one event loop and
 * reuses its scratch memory.
 */
interface Wire {

  /** The WebSocket subprotocol to ask for, where there is one. */
  @Nullable String subprotocol();

  /** The first frame; null where the server speaks first. */
  @Nullable WebSocketFrame hello(ByteBufAllocator memory, Credentials credentials);

  /** Enters a room; null where the connection's path did. */
  @Nullable WebSocketFrame join(ByteBufAllocator memory, long id, String room);

  /**
   * A signal, broadcast or chat message.
   *
   * @param to the session that a signal is for
   * @param sender the index of the client that sends it
   */
  WebSocketFrame request(
      ByteBufAllocator memory, String room, String to, int sender, Request request);

  /** Whether the server says what became of a request; else it is done with its last receiver. */
  default boolean isAnswered() {
    return true;
  }

  /** Confirms everything up to an offset. */
  WebSocketFrame confirm(ByteBufAllocator memory, byte[] offset, int length);

  /**
   * Reads one message and tells of it. The buffer stays its caller's.
   *
   * @throws IllegalArgumentException when it is none
   */
  void decode(ByteBuf message, Inbound inbound);

  /**
   * What a client proves itself with.
   *
   * @param token the room token, or null
   * @param resumeToken of the session to go on with, or empty
   * @param offset the last that was taken in, with the resume token
   */
  record Credentials(@Nullable String token, String resumeToken, String offset) {
    @Override
    public String toString() {
      return "Credentials[…]";
    }
  }
}
