package dev.starling.core.protocol;

import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server may say. One instance may go to many receivers; what differs a receiver is added by
 * the codec.
 */
public sealed interface ServerMessage {

  /** A message that is kept until its receiver confirmed it, and sent again on resume. */
  sealed interface Event extends ServerMessage {
    /** The room it happened in. */
    String room();

    /**
     * About how many bytes keeping it costs, with the whole frame where its payload is a window on
     * one; what retention is bounded by.
     */
    int weight();
  }

  /** The answer to {@code hello}. */
  record Welcome(
      String session,
      String resumeToken,
      boolean resumed,
      @Nullable ResumeRefusal reason,
      String user,
      String node,
      String region,
      List<String> urls,
      List<String> rooms,
      int heartbeatMillis,
      int confirmMillis,
      List<IceServer> iceServers,
      ClientLimits limits)
      implements ServerMessage {
    @Override
    public String toString() {
      return "Welcome[session=" + session + ", resumed=" + resumed + "]";
    }
  }

  /** Why a session could not go on. */
  enum ResumeRefusal {
    /** It ended, or was away for too long. */
    EXPIRED,
    /** This server never had it, or the secret is wrong. */
    UNKNOWN,
    /** It was given up to another host. */
    FENCED,
    /** More was missed than is kept. */
    OVERFLOW
  }

  /** Everything that was missed has been sent. */
  record Replayed() implements ServerMessage {}

  /**
   * The answer to {@code join}, or, without an id, the state of a room in which more was missed
   * than is kept.
   *
   * @param self the receiver's own entry
   * @param members all others, by session id
   * @param chat the newest messages, oldest first
   * @param copies how many owners hold the join
   * @param degraded the regions that can't be reached
   */
  record Joined(
      @Nullable Long id,
      String room,
      Member self,
      List<Member> members,
      RoomSettings settings,
      List<ChatMessage> chat,
      int copies,
      List<Outage> degraded)
      implements ServerMessage {
    /** With every region in reach. */
    public Joined(
        @Nullable Long id,
        String room,
        Member self,
        List<Member> members,
        RoomSettings settings,
        List<ChatMessage> chat,
        int copies) {
      this(id, room, self, members, settings, chat, copies, List.of());
    }
  }

  /** The join waits in the lobby; {@code joined} or a refusal follows under the same id. */
  record Waiting(long id) implements ServerMessage {}

  /**
   * A request had its effect.
   *
   * @param copies how many owners hold it, or 0 where nothing is kept
   * @param missed for a broadcast: the members that didn't confirm; null for anything else
   */
  record Done(long id, int copies, @Nullable List<String> missed) implements ServerMessage {}

  /** A chat message was accepted. */
  record Said(long id, String message, long atMillis, int copies) implements ServerMessage {}

  /** A page of older chat, oldest first. */
  record History(long id, List<ChatMessage> messages, boolean more) implements ServerMessage {}

  /** The answer to {@code ping}. */
  record Pong() implements ServerMessage {}

  /** A request, or the connection, was refused. */
  record Failed(@Nullable Long id, Code code, String message) implements ServerMessage {}

  /** Go to another node: this one ends within the time. */
  record Moved(List<String> urls, long withinMillis) implements ServerMessage {}

  /** Somebody came, changed or went. */
  record MemberChanged(String room, MemberEvent event, Member member, @Nullable LeaveReason reason)
      implements Event {
    /** Whether a session learns by it that it is no member any more. */
    public boolean putsOut(String session) {
      return event == MemberEvent.LEFT && member.session().equals(session);
    }

    @Override
    public int weight() {
      return FIXED_WEIGHT + member.profile().value().bytes().length();
    }
  }

  /** What happened to a member. */
  enum MemberEvent {
    JOINED,
    UPDATED,
    LEFT
  }

  /** Why a member is gone. */
  enum LeaveReason {
    LEAVE,
    TIMEOUT,
    KICKED,
    BANNED,
    CLOSED,
    REGION
  }

  /** A payload from one member to this one. */
  record Signaled(String room, String from, Content data) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + data.bytes().array().length;
    }
  }

  /** A payload from one member to all others. */
  record Broadcasted(String room, String from, Content data) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + data.bytes().array().length;
    }
  }

  /** The room is set up differently. */
  record SettingsChanged(String room, RoomSettings settings) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + settings.metadata().bytes().length();
    }
  }

  /** Somebody waits in the lobby; to moderators. */
  record Knocked(String room, String member, String user, Content profile) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + profile.bytes().length();
    }
  }

  /** A moderator asks this client to mute itself. */
  record MuteRequested(String room, String from) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT;
    }
  }

  /** The application said something in the room by way of the server; no member did. */
  record Announced(String room, Content data) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + data.bytes().length();
    }
  }

  /** Regions of the room can't be reached, or can be again; none where all can. */
  record Degraded(String room, List<Outage> degraded) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT;
    }
  }

  /** Something was said in the room. */
  record Chatted(String room, ChatMessage message) implements Event {
    @Override
    public int weight() {
      return FIXED_WEIGHT + message.data().bytes().length();
    }
  }

  /**
   * What an event costs beside its payload: records, names and the place in a queue, rounded up.
   */
  int FIXED_WEIGHT = 256;
}
