package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.room.RoomEffect.Answer;
import dev.starling.core.room.RoomEffect.Changed;
import dev.starling.core.room.RoomEffect.Merged;
import dev.starling.core.room.RoomEffect.Tell;
import dev.starling.crdt.Member;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import java.util.function.Consumer;

/** Merges deltas into a room's state and says what came of it. Not thread-safe. */
final class RoomTelling {
  /** No session has this id. */
  static final String NOBODY = "";

  private final RoomState state;
  private Consumer<? super RoomEffect> out = effect -> {};

  RoomTelling(RoomState state) {
    this.state = state;
  }

  /** Where effects go during this step. */
  void begin(Consumer<? super RoomEffect> consumer) {
    out = consumer;
  }

  /**
   * Merges a delta and tells everybody but its author what it changed.
   *
   * @param reason why whoever leaves by it leaves
   */
  void apply(RoomDelta delta, LeaveReason reason, String author) {
    tell(merge(delta), reason, author);
  }

  /** Merges a delta. */
  RoomChanges merge(RoomDelta delta) {
    RoomChanges changes = state.merge(delta);
    out.accept(new Merged(delta, changes));
    return changes;
  }

  /** Tells everybody but the author of a merge what it changed. */
  void tell(RoomChanges changes, LeaveReason reason, String author) {
    out.accept(new Changed(changes, reason, author));
  }

  /** Puts a member out and tells it too. */
  void expel(Member member, LeaveReason reason) {
    apply(state.remove(member.session()), reason, NOBODY);
  }

  void to(String session, Event event) {
    out.accept(new Tell(session, event));
  }

  void toModerators(Event event) {
    for (Member member : state.members()) {
      if (member.role() == Role.MODERATOR) {
        to(member.session(), event);
      }
    }
  }

  void answer(String session, long id, ServerMessage message) {
    out.accept(new Answer(session, id, message));
  }

  void refuse(String session, long id, Code code, String message) {
    Long request = id == RoomRequest.NO_ANSWER ? null : id;
    answer(session, id, new Failed(request, code, message));
  }
}
