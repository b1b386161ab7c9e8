package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Announced;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.room.RoomReport.Done;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.core.room.RoomReport.Shown;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomState;
import java.util.List;

/** Carries out what the application asks of a room. Not thread-safe. */
final class RoomOrders {
  private final String room;
  private final RoomState state;
  private final RoomPolicy policy;
  private final RoomDoor door;
  private final RoomModeration moderation;
  private final RoomTelling telling;

  RoomOrders(
      String room,
      RoomState state,
      RoomPolicy policy,
      RoomDoor door,
      RoomModeration moderation,
      RoomTelling telling) {
    this.room = room;
    this.state = state;
    this.policy = policy;
    this.door = door;
    this.moderation = moderation;
    this.telling = telling;
  }

  /** Carries out an order about somebody. */
  RoomReport take(RoomOrder order, long epochMillis) {
    return switch (order) {
      case RoomOrder.Show show -> show();
      // Its settings were changed where the clock is.
      case RoomOrder.Configure configure -> show();
      case RoomOrder.Kick kick -> kick(kick);
      case RoomOrder.Ban ban -> ban(ban, epochMillis);
      case RoomOrder.Unban unban ->
          moderation.unban(unban.user(), epochMillis) ? new Done(0) : nobody();
      case RoomOrder.Announce announce -> announce(announce);
      case RoomOrder.Close close -> new Done(moderation.close());
    };
  }

  private RoomReport show() {
    return new Shown(policy.settings(), state.members(), door.waiting());
  }

  private RoomReport kick(RoomOrder.Kick kick) {
    int gone = 0;
    if (kick.member() != null) {
      gone = moderation.kick(kick.member()) ? 1 : 0;
    } else if (kick.user() != null) {
      gone = moderation.expelUser(kick.user(), LeaveReason.KICKED);
    }
    return gone == 0 ? nobody() : new Done(gone);
  }

  private RoomReport ban(RoomOrder.Ban ban, long epochMillis) {
    String user = moderation.userOf(ban.user(), ban.member());
    if (user == null) {
      return nobody();
    }
    return moderation.takesBan(user, epochMillis)
        ? new Done(moderation.ban(user, ban.seconds(), epochMillis))
        : new Refused(Code.BUSY, "the room has too many bans");
  }

  private RoomReport announce(RoomOrder.Announce announce) {
    List<Member> receivers =
        state.members().stream()
            .filter(
                member -> announce.member() == null || announce.member().equals(member.session()))
            .filter(member -> announce.user() == null || announce.user().equals(member.user()))
            .toList();
    boolean named = announce.member() != null || announce.user() != null;
    if (named && receivers.isEmpty()) {
      return nobody();
    }
    Announced event = new Announced(room, announce.data());
    receivers.forEach(member -> telling.to(member.session(), event));
    return new Done(receivers.size());
  }

  private static Refused nobody() {
    return new Refused(Code.NO_SUCH_MEMBER, "nobody of that name here");
  }
}
