package dev.starling.proto;

import dev.starling.core.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a server sends, in one wire form. The frame stands in {@link #buffer} until the next
 * is written; the caller copies it to where the transport wants it. One per thread.
 */
public interface FrameWriter {
  /**
   * Writes one message.
   *
   * @param offset goes with what can be replayed, or null
   * @param receiver the public id of the session it goes to, for what differs a receiver
   * @return how many bytes of {@link #buffer} are the frame
   */
  int write(ServerMessage message, @Nullable String offset, String receiver);

  /**
   * Whether many receivers get the message and it is the same for all of them: its frames differ by
   * the offset alone, so that what stands before it is worth keeping for the next receiver.
   */
  static boolean isShared(ServerMessage message) {
    return message instanceof ServerMessage.Broadcasted
        || message instanceof ServerMessage.Chatted
        || message instanceof ServerMessage.SettingsChanged;
  }

  /** The array that holds the last frame, from 0. */
  byte[] buffer();
}
