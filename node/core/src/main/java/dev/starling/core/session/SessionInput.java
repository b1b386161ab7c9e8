package dev.starling.core.session;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.Revocations;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a session. */
public sealed interface SessionInput {

  /**
   * A connection opens the session.
   *
   * @param link the connection's number, unique on this node
   * @param refused why the session that the client wanted to go on with could not, or null
   */
  record Opened(long link, List<IceServer> iceServers, @Nullable ResumeRefusal refused)
      implements SessionInput {}

  /**
   * A connection wants to take the session up again.
   *
   * @param token the secret it presents
   * @param offset the last offset it took in
   * @param grant from a token in the same hello, or null: the session's own goes on
   */
  record Resumed(
      long link, String token, String offset, @Nullable Grant grant, List<IceServer> iceServers)
      implements SessionInput {
    @Override
    public String toString() {
      return "Resumed[link=" + link + ", offset=" + offset + "]";
    }
  }

  /**
   * The client said something.
   *
   * @param bytes its frame's size
   * @param refusal why the node can't take requests of this client now, or null: RATE_LIMITED where
   *     its user or address is too fast, BUSY where the node holds too much
   */
  record Received(ClientMessage message, int bytes, @Nullable Code refusal)
      implements SessionInput {
    public Received(ClientMessage message, int bytes) {
      this(message, bytes, null);
    }
  }

  /** The client sent something that is no message, or an unacceptable one. */
  record Garbled(@Nullable Long id, Code code, String message, int bytes) implements SessionInput {}

  /** A sign of life that is no message, such as a pong; {@code bytes} is its frame's size. */
  record Heard(int bytes) implements SessionInput {}

  /** The connection takes more data, or no more for now. */
  record Writable(boolean writable) implements SessionInput {}

  /**
   * A connection ended.
   *
   * @param link which one; others than the present are of no interest
   * @param clean whether the client meant to end its session
   */
  record Detached(long link, boolean clean) implements SessionInput {}

  /** A room's answer to a request, or with id 0 its whole state. */
  record Answered(String room, long id, ServerMessage message) implements SessionInput {}

  /** Something happened in a room. */
  record Happened(ServerMessage.Event event) implements SessionInput {}

  /**
   * Another session relays to this one.
   *
   * @param crowded whether the node has room only for those for whom little waits
   */
  record Relayed(Relay relay, boolean crowded) implements SessionInput {
    public Relayed(Relay relay) {
      this(relay, false);
    }
  }

  /** The node is going away. */
  record Draining() implements SessionInput {}

  /** Tokens were revoked, perhaps this session's. */
  record Revoked(Revocations revocations) implements SessionInput {}

  /** The node holds too much, and this session more of it than others. */
  record Shed() implements SessionInput {}

  /** Time has passed. */
  record Woken() implements SessionInput {}
}
