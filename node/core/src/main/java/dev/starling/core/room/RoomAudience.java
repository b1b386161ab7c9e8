package dev.starling.core.room;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.SettingsChanged;
import dev.starling.core.room.RoomOutput.Publish;
import dev.starling.core.room.RoomOutput.Tell;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, as this node shows it, and those of them whom it tells what happens: all of
 * them, or the sessions that it hosts. Not thread-safe.
 */
public final class RoomAudience {
  private final String room;
  private final RoomPolicy policy;
  private final TreeMap<String, Place> present = new TreeMap<>();
  private final Set<String> listeners;
  private List<String> leavers = List.of();

  private RoomAudience(String room, RoomPolicy policy, boolean everybody) {
    this.room = room;
    this.policy = policy;
    this.listeners = everybody ? present.navigableKeySet() : new TreeSet<>();
  }

  /** An audience of all members. */
  static RoomAudience ofEverybody(String room, RoomPolicy policy) {
    return new RoomAudience(room, policy, true);
  }

  /** An audience of those that are let in by {@link #admit}. */
  public static RoomAudience ofSome(String room, RoomPolicy policy) {
    return new RoomAudience(room, policy, false);
  }

  /** From now on a session hears what happens, until it leaves. */
  public void admit(String session) {
    listeners.add(session);
  }

  /** A session of this node hears nothing more. */
  public void dismiss(String session) {
    listeners.remove(session);
  }

  /** Whether a session hears what happens. */
  public boolean hears(String session) {
    return listeners.contains(session);
  }

  /** Whether anybody does. */
  public boolean isEmpty() {
    return listeners.isEmpty();
  }

  /** Those who hear what happens; a copy. */
  public List<String> listeners() {
    return new ArrayList<>(listeners);
  }

  /** Shows who is in the room after a change. */
  public void publish(RoomChanges changes, Consumer<? super RoomOutput> out) {
    leavers = new ArrayList<>();
    for (Member member : changes.left()) {
      if (listeners.contains(member.session())) {
        leavers.add(member.session());
      }
      listeners.remove(member.session());
      present.remove(member.session());
    }
    boolean moved = false;
    for (Member member : changes.joined()) {
      place(member);
    }
    for (Member member : changes.updated()) {
      moved |= place(member);
    }
    if (moved || !changes.joined().isEmpty() || !changes.left().isEmpty()) {
      out.accept(new Publish(RoomView.of(room, present)));
    }
  }

  /** Whether a member is somewhere else than before. */
  private boolean place(Member member) {
    Place now = new Place(member.host().node(), member.epoch());
    return !now.equals(present.put(member.session(), now));
  }

  /** Tells what the change was that was published last. */
  public void tell(RoomChanges changes, Circumstances of, Consumer<? super RoomOutput> out) {
    for (Member member : changes.left()) {
      Event event = changed(MemberEvent.LEFT, member, of.reasonOf(member.session()));
      toListeners(event, of, out);
      if (leavers.contains(member.session()) && of.concerns(member.session(), event)) {
        out.accept(new Tell(member.session(), event));
      }
    }
    changes.joined().forEach(m -> toListeners(changed(MemberEvent.JOINED, m, null), of, out));
    for (Member member : changes.updated()) {
      if (!changes.rehosted().contains(member.session())) {
        toListeners(changed(MemberEvent.UPDATED, member, null), of, out);
      }
    }
    changes.chat().forEach(m -> toListeners(new ServerMessage.Chatted(room, m), of, out));
    if (!changes.settings().isEmpty()) {
      toListeners(new SettingsChanged(room, policy.settings()), of, out);
    }
  }

  private void toListeners(Event event, Circumstances of, Consumer<? super RoomOutput> out) {
    for (String session : listeners) {
      if (of.concerns(session, event)) {
        out.accept(new Tell(session, event));
      }
    }
  }

  private MemberChanged changed(MemberEvent event, Member member, @Nullable LeaveReason reason) {
    return new MemberChanged(room, event, member, reason);
  }
}
