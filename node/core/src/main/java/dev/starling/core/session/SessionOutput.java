package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.room.RoomRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session wants done, in this order. */
public sealed interface SessionOutput {

  /** From here on, sends, pings and closes are about this connection. */
  record UseLink(long link) implements SessionOutput {}

  /**
   * Send to the present connection; with an offset where the message can be replayed, or carries
   * the first.
   */
  record Send(ServerMessage message, @Nullable String offset) implements SessionOutput {}

  /** Ask the client's transport for a sign of life. */
  record Ping() implements SessionOutput {}

  /** Close the present connection after what was sent. */
  record CloseLink(Code code, String message) implements SessionOutput {}

  /** A connection may not take the session up; it isn't the present one. */
  record RefuseResume(long link, ResumeRefusal reason) implements SessionOutput {}

  /**
   * Ask a room.
   *
   * @param residency the regions that the token pins the room to; empty for all
   */
  record AskRoom(String room, RoomRequest request, List<String> residency)
      implements SessionOutput {}

  /** Say something to another session; where it doesn't exist, a delivery's fate is ABSENT. */
  record SendRelay(String to, Relay relay) implements SessionOutput {}

  /** Say the same to several sessions, in ascending order; otherwise as {@link SendRelay}. */
  record SendRelays(List<String> to, Relay relay) implements SessionOutput {}

  /**
   * Step with {@link SessionInput.Woken} at this time; earlier wakes that were asked for may be
   * dropped.
   */
  record WakeAt(long nanos) implements SessionOutput {}

  /** The session is over: nothing follows. */
  record Ended() implements SessionOutput {}
}
