package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.crdt.Member;
import java.util.List;

/** What came of a {@link RoomOrder}. */
public sealed interface RoomReport {

  /**
   * It is done.
   *
   * @param members how many of them it concerned
   */
  record Done(int members) implements RoomReport {}

  /**
   * The room as it is.
   *
   * @param members by session id
   * @param waiting how many are in the lobby
   */
  record Shown(RoomSettings settings, List<Member> members, int waiting) implements RoomReport {}

  /** It can't be done. */
  record Refused(Code code, String message) implements RoomReport {}
}
