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
    String user = userOf(judge);
    if (judge.action() == Action.BAN
        && user != null
        && state.bansBesides(user, epochMillis) >= MAX_BANS) {
      telling.refuse(judge.session(), judge.id(), Code.BUSY, "the room has too many bans");
      return;
    }
    boolean found =
        switch (judge.action()) {
          case KICK -> kick(judge.member());
          case BAN -> user != null && ban(user, judge, epochMillis);
          case UNBAN -> unban(judge, epochMillis);
          case ADMIT -> judge.member() != null && door.admit(judge.member(), enterNow);
          case DENY -> judge.member() != null && door.deny(judge.member());
          case MUTE -> mute(judge);
          case CLOSE -> close();
        };
    if (found) {
      Done done = new Done(judge.id(), RoomCore.COPIES, null);
      telling.answer(judge.session(), judge.id(), done);
    } else {
      telling.refuse(judge.session(), judge.id(), Code.NO_SUCH_MEMBER, "nobody of that name here");
    }
  }

  private boolean kick(@Nullable String session) {
    Member member = session == null ? null : state.member(session);
    if (member == null) {
      return false;
    }
    telling.expel(member, LeaveReason.KICKED);
    return true;
  }

  private boolean ban(String user, Judge judge, long epochMillis) {
    Long seconds = judge.seconds();
    long until = seconds == null ? Long.MAX_VALUE : epochMillis + seconds * MILLIS_PER_SECOND;
    telling.apply(
        state.ban(new Ban(user, until), epochMillis), LeaveReason.BANNED, judge.session());
    door.ban(user);
    state.members().stream()
        .filter(member -> member.user().equals(user))
        .forEach(member -> telling.expel(member, LeaveReason.BANNED));
    return true;
  }

  private boolean unban(Judge judge, long epochMillis) {
    String user = judge.user();
    if (user == null || !state.isBanned(user, epochMillis)) {
      return false;
    }
    telling.apply(state.unban(user, epochMillis), LeaveReason.BANNED, judge.session());
    return true;
  }

  private @Nullable String userOf(Judge judge) {
    if (judge.user() != null || judge.member() == null) {
      return judge.user();
    }
    Member member = state.member(judge.member());
    return member == null ? door.userOf(judge.member()) : member.user();
  }

  private boolean mute(Judge judge) {
    String target = judge.member();
    if (target == null || state.member(target) == null) {
      return false;
    }
    telling.to(target, new MuteRequested(room, judge.session()));
    return true;
  }

  private boolean close() {
    door.denyAll();
    state.members().forEach(member -> telling.expel(member, LeaveReason.CLOSED));
    return true;
  }
}
