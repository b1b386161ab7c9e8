package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.SettingsChanged;
import dev.starling.core.room.RoomOutput.Answer;
import dev.starling.core.room.RoomOutput.Publish;
import dev.starling.core.room.RoomOutput.Tell;
import dev.starling.crdt.Member;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges deltas into a room's state and derives from each merge the view to publish and the events
 * to tell. Not thread-safe.
 */
final class RoomTelling {
  private final String room;
  private final RoomState state;
  private final RoomPolicy policy;
  private RoomView view;
  private Consumer<? super RoomOutput> out = output -> {};

  RoomTelling(String room, RoomState state, RoomPolicy policy) {
    this.room = room;
    this.state = state;
    this.policy = policy;
    this.view = RoomView.empty(room);
  }

  /** Where outputs go during this step. */
  void begin(Consumer<? super RoomOutput> consumer) {
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

  /** Merges a delta and publishes who is in the room. */
  RoomChanges merge(RoomDelta delta) {
    RoomChanges changes = state.merge(delta);
    boolean isMoved = changes.updated().stream().anyMatch(member -> !view.shows(member));
    if (!changes.joined().isEmpty() || !changes.left().isEmpty() || isMoved) {
      view = RoomView.ofMembers(room, state.members());
      out.accept(new Publish(view));
    }
    return changes;
  }

  /** Tells everybody but the author of a merge what it changed. */
  void tell(RoomChanges changes, LeaveReason reason, String author) {
    changes.left().forEach(m -> toOthers(changed(MemberEvent.LEFT, m, reason), author));
    changes.joined().forEach(m -> toOthers(changed(MemberEvent.JOINED, m, null), author));
    changes.updated().forEach(m -> toOthers(changed(MemberEvent.UPDATED, m, null), author));
    changes.chat().forEach(m -> toOthers(new ServerMessage.Chatted(room, m), author));
    if (!changes.settings().isEmpty()) {
      RoomSettings settings = policy.settings();
      toOthers(new SettingsChanged(room, settings), author);
    }
  }

  /** Puts a member out and tells it too. */
  void expel(Member member, LeaveReason reason) {
    apply(state.remove(member.session()), reason, member.session());
    to(member.session(), changed(MemberEvent.LEFT, member, reason));
  }

  void to(String session, Event event) {
    out.accept(new Tell(session, event));
  }

  void toOthers(Event event, String author) {
    for (String session : view.sessions()) {
      if (!session.equals(author)) {
        to(session, event);
      }
    }
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

  private MemberChanged changed(MemberEvent event, Member member, @Nullable LeaveReason reason) {
    return new MemberChanged(room, event, member, reason);
  }
}
