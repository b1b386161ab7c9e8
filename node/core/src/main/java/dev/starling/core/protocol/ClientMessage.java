package dev.starling.core.protocol;

import dev.starling.crdt.Content;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say. Sizes and shapes were checked by the codec; meaning is checked by the
 * session.
 */
public sealed interface ClientMessage {

  /** A message that is answered under its number. */
  sealed interface Request extends ClientMessage {
    /**
     * The client's number: 1 to 2^53-1, increasing within the session, the same when sent again.
     */
    long id();

    /** The room it is about. */
    String room();
  }

  /**
   * The first frame of a connection.
   *
   * @param token a room token, or null where the server lets anybody in
   * @param resume the session to go on with, or null for a new one
   */
  record Hello(@Nullable String token, @Nullable Resume resume) implements ClientMessage {
    @Override
    public String toString() {
      return "Hello[resume=" + resume + "]";
    }
  }

  /**
   * Which session to go on with.
   *
   * @param token the session's secret
   * @param offset the last offset that the client took in
   */
  record Resume(String token, String offset) {
    @Override
    public String toString() {
      return "Resume[offset=" + offset + "]";
    }
  }

  /** Enters a room, or asks again for its present state. */
  record Join(long id, String room, Content profile, @Nullable String password) implements Request {
    @Override
    public String toString() {
      return "Join[id=" + id + ", room=" + room + "]";
    }
  }

  /** Leaves a room. */
  record Leave(long id, String room) implements Request {}

  /** One payload to one member. */
  record Signal(long id, String room, String to, Content data) implements Request {}

  /** One payload to every other member. */
  record Broadcast(long id, String room, Content data) implements Request {}

  /** Replaces what the member tells about itself. */
  record Profile(long id, String room, Content profile) implements Request {}

  /** Changes how the room is set up; for moderators. */
  record Settings(long id, String room, SettingsChange change) implements Request {}

  /**
   * Decides about somebody, or about the room; for moderators.
   *
   * @param member whom it is about, or null where it is about a user or the room
   * @param user whom it is about, or null
   * @param seconds how long a ban lasts, or null for good
   */
  record Moderate(
      long id,
      String room,
      Action action,
      @Nullable String member,
      @Nullable String user,
      @Nullable Long seconds)
      implements Request {}

  /** What a moderator can decide. */
  enum Action {
    /** Puts a member out. */
    KICK,
    /** Puts a user's sessions out, and keeps the user out. */
    BAN,
    /** Lets a user in again. */
    UNBAN,
    /** Lets somebody in from the lobby. */
    ADMIT,
    /** Turns somebody in the lobby away. */
    DENY,
    /** Asks a member's client to mute itself. */
    MUTE,
    /** Puts everybody out. */
    CLOSE
  }

  /** Says something that the room keeps. */
  record Chat(long id, String room, Content data) implements Request {}

  /**
   * Asks for older chat.
   *
   * @param before a message's id, or null for the newest page
   * @param limit how many at most, 1 to 100
   */
  record History(long id, String room, @Nullable String before, int limit) implements Request {}

  /** Everything up to this offset has been taken in. */
  record Confirm(String offset) implements ClientMessage {}

  /** The client is there, and wants to know whether the server is. */
  record Ping() implements ClientMessage {}
}
