package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may enter a room. A moderator's token opens lock, password and lobby, but no ban and
 * no full room. Not thread-safe.
 */
final class RoomDoor {
  private static final int MAX_WAITING = 64;

  private final String room;
  private final RoomState state;
  private final RoomPolicy policy;
  private final RoomTelling telling;
  private final Lobby lobby = new Lobby(MAX_WAITING);

  RoomDoor(String room, RoomState state, RoomPolicy policy, RoomTelling telling) {
    this.room = room;
    this.state = state;
    this.policy = policy;
    this.telling = telling;
  }

  /**
   * Pins the room to regions before anything else is in it; later it must be kept within them
   * already, else the answer was given here.
   */
  boolean pins(Enter enter, List<String> regions, HybridTime at) {
    if (state.isBlank() && waiting() == 0) {
      telling.merge(policy.pin(regions, at));
    }
    if (!policy.isKeptWithin(regions)) {
      String message = "the room is kept in more regions than the token allows";
      telling.refuse(enter.session(), enter.id(), Code.FORBIDDEN, message);
      return false;
    }
    return true;
  }

  /**
   * Somebody asks to enter.
   *
   * @param enterNow called where nothing stands in the way; else the answer was given here
   */
  void knock(Enter enter, long epochMillis, Consumer<Enter> enterNow) {
    Enter former = lobby.get(enter.session());
    if (former != null && former.id() != enter.id()) {
      telling.refuse(former.session(), former.id(), Code.OUT_OF_ORDER, "joined anew since");
    }
    Refusal refusal = refusal(enter, epochMillis);
    if (refusal == null && policy.lobby() && enter.occupant().role() != Role.MODERATOR) {
      letWait(enter);
      return;
    }
    lobby.take(enter.session());
    if (refusal == null) {
      enterNow.accept(enter);
    } else {
      telling.refuse(enter.session(), enter.id(), refusal.code(), refusal.message());
    }
  }

  /** About how many bytes those who wait take up. */
  long heldBytes() {
    return lobby.heldBytes();
  }

  /** Where the lobby is off now, whoever waits in it knocks once more. */
  void settingsChanged(long epochMillis, Consumer<Enter> enterNow) {
    if (!policy.lobby()) {
      lobby.all().forEach(enter -> knock(enter, epochMillis, enterNow));
    }
  }

  /** A moderator lets somebody in; false where nobody of that id waits. */
  boolean admit(String session, Consumer<Enter> enterNow) {
    Enter enter = lobby.take(session);
    if (enter == null) {
      return false;
    }
    if (isFull()) {
      telling.refuse(session, enter.id(), Code.ROOM_FULL, "the room is full");
    } else {
      enterNow.accept(enter);
    }
    return true;
  }

  /** A moderator turns somebody away; false where nobody of that id waits. */
  boolean deny(String session) {
    Enter enter = lobby.take(session);
    if (enter == null) {
      return false;
    }
    turnAway(enter);
    return true;
  }

  /** Turns everybody away who waits. */
  void denyAll() {
    lobby.takeAll().forEach(this::turnAway);
  }

  /** A user was banned: whoever of it waits is turned away. */
  void ban(String user) {
    for (Enter enter : lobby.all()) {
      if (enter.occupant().user().equals(user)) {
        lobby.take(enter.session());
        telling.refuse(enter.session(), enter.id(), Code.BANNED, "banned from the room");
      }
    }
  }

  /** Whoever waits and is banned by now is turned away. */
  void turnAwayBanned(long epochMillis) {
    for (Enter enter : lobby.all()) {
      if (state.isBanned(enter.occupant().user(), epochMillis)) {
        ban(enter.occupant().user());
      }
    }
  }

  Lobby lobby() {
    return lobby;
  }

  /** Somebody waits no longer. */
  void leave(String session) {
    Enter enter = lobby.take(session);
    if (enter != null) {
      telling.refuse(session, enter.id(), Code.NOT_IN_ROOM, "the room was left since");
    }
  }

  /** The user of somebody who waits, or null where nobody of that id does. */
  @Nullable String userOf(String session) {
    Enter enter = lobby.get(session);
    return enter == null ? null : enter.occupant().user();
  }

  /** How many wait. */
  int waiting() {
    return lobby.all().size();
  }

  /** Tells a member who is waiting, if it is a moderator. */
  void announceTo(Member member) {
    if (member.role() == Role.MODERATOR) {
      lobby.all().forEach(enter -> telling.to(member.session(), knocked(enter)));
    }
  }

  private record Refusal(Code code, String message) {}

  private @Nullable Refusal refusal(Enter enter, long epochMillis) {
    boolean moderator = enter.occupant().role() == Role.MODERATOR;
    if (state.isBanned(enter.occupant().user(), epochMillis)) {
      return new Refusal(Code.BANNED, "banned from the room");
    }
    if (!moderator && policy.locked()) {
      return new Refusal(Code.LOCKED, "the room is locked");
    }
    if (!moderator && !policy.admits(enter.password())) {
      return new Refusal(Code.WRONG_PASSWORD, "the room's password is missing or wrong");
    }
    return isFull() ? new Refusal(Code.ROOM_FULL, "the room is full") : null;
  }

  private boolean isFull() {
    return state.size() >= policy.limit();
  }

  private void letWait(Enter frame) {
    Enter enter = frame.compact();
    boolean again = lobby.get(enter.session()) != null;
    if (!lobby.add(enter)) {
      telling.refuse(enter.session(), enter.id(), Code.BUSY, "too many wait to be let in");
      return;
    }
    telling.answer(enter.session(), enter.id(), new Waiting(enter.id()));
    if (!again) {
      telling.toModerators(knocked(enter));
    }
  }

  private void turnAway(Enter enter) {
    telling.refuse(enter.session(), enter.id(), Code.DENIED, "turned away");
  }

  private Knocked knocked(Enter enter) {
    return new Knocked(room, enter.session(), enter.occupant().user(), enter.profile());
  }
}
