package dev.starling.core.room;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MuteRequested;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.core.room.RoomRequest.Judge;
import dev.starling.crdt.Ban;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what moderators decide. Not thread-safe. */
final class RoomModeration {
  private static final int MAX_BANS = 1024;
  private static final long MILLIS_PER_SECOND = 1000;

  private final String room;
  private final RoomState state;
  private final RoomDoor door;
  private final RoomTelling telling;

  RoomModeration(String room, RoomState state, RoomDoor door, RoomTelling telling) {
    this.room = room;
    this.state = state;
    this.door = door;
    this.telling = telling;
  }

  /**
   * Carries out one decision of a moderator and answers it.
   *
   * @param enterNow lets somebody from the lobby into the room
   */
  void judge(Judge judge, long epochMillis, Consumer<Enter> enterNow) {
    String user = userOf(judge.user(), judge.member());
    if (judge.action() == Action.BAN && user != null && !takesBan(user, epochMillis)) {
      telling.refuse(judge.session(), judge.id(), Code.BUSY, "the room has too many bans");
      return;
    }
    String member = judge.member();
    boolean found =
        switch (judge.action()) {
          case KICK -> member != null && kick(member);
          case BAN -> user != null && ban(user, judge.seconds(), epochMillis) >= 0;
          case UNBAN -> judge.user() != null && unban(judge.user(), epochMillis);
          case ADMIT -> member != null && door.admit(member, enterNow);
          case DENY -> member != null && door.deny(member);
          case MUTE -> member != null && mute(member, judge.session());
          case CLOSE -> close() >= 0;
        };
    if (found) {
      Done done = new Done(judge.id(), RoomCore.COPIES, null);
      telling.answer(judge.session(), judge.id(), done);
    } else {
      telling.refuse(judge.session(), judge.id(), Code.NO_SUCH_MEMBER, "nobody of that name here");
    }
  }

  /** Puts a member out; false where nobody of that id is in the room. */
  boolean kick(String session) {
    Member member = state.member(session);
    if (member == null) {
      return false;
    }
    telling.expel(member, LeaveReason.KICKED);
    return true;
  }

  /** Puts all sessions of a user out; returns how many there were. */
  int expelUser(String user, LeaveReason reason) {
    List<Member> sessions =
        state.members().stream().filter(member -> member.user().equals(user)).toList();
    sessions.forEach(member -> telling.expel(member, reason));
    return sessions.size();
  }

  /** Whether there is a place for a ban of this user. */
  boolean takesBan(String user, long epochMillis) {
    return state.bansBesides(user, epochMillis) < MAX_BANS;
  }

  /**
   * Keeps a user out and puts all its sessions out.
   *
   * @param seconds how long, or null for good
   * @return how many sessions were put out
   */
  int ban(String user, @Nullable Long seconds, long epochMillis) {
    long until = seconds == null ? Long.MAX_VALUE : epochMillis + seconds * MILLIS_PER_SECOND;
    telling.merge(state.ban(new Ban(user, until), epochMillis));
    door.ban(user);
    return expelUser(user, LeaveReason.BANNED);
  }

  /** Lifts the bans of a user; false where there are none. */
  boolean unban(String user, long epochMillis) {
    if (!state.isBanned(user, epochMillis)) {
      return false;
    }
    telling.merge(state.unban(user, epochMillis));
    return true;
  }

  /** The user that is named, or whose session is; null where nobody is. */
  @Nullable String userOf(@Nullable String user, @Nullable String session) {
    if (user != null || session == null) {
      return user;
    }
    Member member = state.member(session);
    return member == null ? door.userOf(session) : member.user();
  }

  private boolean mute(String session, String moderator) {
    if (state.member(session) == null) {
      return false;
    }
    telling.to(session, new MuteRequested(room, moderator));
    return true;
  }

  /** Puts everybody out and turns away who waits; returns how many were in the room. */
  int close() {
    door.denyAll();
    List<Member> members = state.members();
    members.forEach(member -> telling.expel(member, LeaveReason.CLOSED));
    return members.size();
  }
}
