package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection as the host sees it. Safe from any thread; after the end every call is
 * without effect.
 */
public interface ClientLink {
  /**
   * Sends a message in the connection's wire form.
   *
   * @param offset goes with what can be replayed, or null
   * @param receiver the session it goes to
   */
  void send(ServerMessage message, @Nullable String offset, String receiver);

  /** Asks the client's transport for a sign of life. */
  void ping();

  /** Closes the connection, with the code's close code, after what was sent. */
  void close(Code code, String message);

  /** Cuts the connection off where its client leaves what it was sent waiting. */
  void drop();
}
