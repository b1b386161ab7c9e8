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
  private final TreeMap<String, Member> veiled = new TreeMap<>();
  private Set<String> hidden = Set.of();
  private List<String> leavers = List.of();
  private Set<String> vanished = Set.of();
  private Set<String> revealed = Set.of();

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

  /** Whether a member is in the room and isn't shown, since its region can't be reached. */
  public boolean hides(String session) {
    return veiled.containsKey(session);
  }

  /**
   * Members of these regions alone aren't shown from now on.
   *
   * @param members who is in the room
   */
  public void veil(Set<String> regions, List<Member> members, Consumer<? super RoomOutput> out) {
    hidden = new TreeSet<>(regions);
    List<Member> back =
        veiled.values().stream().filter(member -> !hidden.contains(member.region())).toList();
    List<Member> gone =
        members.stream()
            .filter(member -> hidden.contains(member.region()))
            .filter(member -> present.containsKey(member.session()))
            .toList();
    back.forEach(member -> veiled.remove(member.session()));
    RoomChanges changes = new RoomChanges(back, List.of(), gone, List.of(), List.of(), List.of());
    publish(changes, out);
    gone.forEach(member -> veiled.put(member.session(), member));
    tell(changes, new Circumstances.By(LeaveReason.REGION, RoomTelling.NOBODY), out);
  }

  /** Shows who is in the room after a change. */
  public void publish(RoomChanges changes, Consumer<? super RoomOutput> out) {
    leavers = new ArrayList<>();
    vanished = new TreeSet<>();
    revealed = new TreeSet<>();
    for (Member member : changes.left()) {
      if (listeners.contains(member.session())) {
        leavers.add(member.session());
      }
      veiled.remove(member.session());
      if (present.remove(member.session()) != null) {
        vanished.add(member.session());
      }
      listeners.remove(member.session());
    }
    boolean moved = !vanished.isEmpty();
    for (Member member : changes.joined()) {
      moved |= show(member);
    }
    for (Member member : changes.updated()) {
      if (veiled.remove(member.session()) != null) {
        revealed.add(member.session());
      }
      moved |= show(member);
    }
    revealed.removeAll(veiled.keySet());
    if (moved) {
      out.accept(new Publish(RoomView.of(room, present)));
    }
  }

  /** Whether a member is shown, and somewhere else than before. */
  private boolean show(Member member) {
    if (hidden.contains(member.region()) && !present.containsKey(member.session())) {
      veiled.put(member.session(), member);
      return false;
    }
    return place(member);
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
      if (vanished.contains(member.session())) {
        toListeners(event, of, out);
      }
      if (leavers.contains(member.session()) && of.concerns(member.session(), event)) {
        out.accept(new Tell(member.session(), event));
      }
    }
    changes.joined().forEach(member -> tellOf(MemberEvent.JOINED, member, of, out));
    for (Member member : changes.updated()) {
      if (revealed.contains(member.session())) {
        tellOf(MemberEvent.JOINED, member, of, out);
      } else if (!changes.rehosted().contains(member.session())) {
        tellOf(MemberEvent.UPDATED, member, of, out);
      }
    }
    changes.chat().forEach(m -> toListeners(new ServerMessage.Chatted(room, m), of, out));
    if (!changes.settings().isEmpty()) {
      toListeners(new SettingsChanged(room, policy.settings()), of, out);
    }
  }

  private void tellOf(
      MemberEvent event, Member member, Circumstances of, Consumer<? super RoomOutput> out) {
    if (!hides(member.session())) {
      toListeners(changed(event, member, null), of, out);
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
