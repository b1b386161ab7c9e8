package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.room.RoomOutput.Answer;
import dev.starling.core.room.RoomOutput.Publish;
import dev.starling.core.room.RoomOutput.Tell;
import dev.starling.core.room.RoomOutput.Vacant;
import dev.starling.core.room.RoomOutput.WakeAt;
import dev.starling.core.room.RoomRequest.Describe;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.core.room.RoomRequest.Page;
import dev.starling.core.room.RoomRequest.Part;
import dev.starling.core.room.RoomRequest.Say;
import dev.starling.core.room.RoomRequest.Snapshot;
import dev.starling.crdt.ChatLog;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Stamp;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room at one of its owners: applies what sessions ask to the replicated state, and derives from
 * each merge what the members are told. Not re-entrant, one thread at a time; does no I/O.
 */
public final class RoomCore {
  /** How many replicas hold an operation when it is answered. */
  private static final int COPIES = 1;

  private final String room;
  private final ReplicaId replica;
  private final RoomConfig config;
  private final HybridClock clock;
  private final RoomState state;
  private RoomView view;
  private long vacantSinceNanos;

  /**
   * @param room the room's name
   * @param replica this owner
   * @param clock the node's hybrid clock for the thread that steps this room
   * @param nowNanos when the room came into being
   */
  public RoomCore(
      String room, ReplicaId replica, RoomConfig config, HybridClock clock, long nowNanos) {
    this.room = room;
    this.replica = replica;
    this.config = config;
    this.clock = clock;
    this.state = new RoomState(replica, config.chatMessages());
    this.view = RoomView.empty(room);
    this.vacantSinceNanos = nowNanos;
  }

  /**
   * Takes one request.
   *
   * @param nowNanos monotonic time
   * @param epochMillis wall clock, for stamps
   */
  public void step(
      RoomRequest request, long nowNanos, long epochMillis, Consumer<? super RoomOutput> out) {
    switch (request) {
      case Enter enter -> enter(enter, epochMillis, out);
      case Part part -> part(part, nowNanos, out);
      case Describe describe -> describe(describe, epochMillis, out);
      case Say say -> say(say, epochMillis, out);
      case Page page -> page(page, out);
      case Snapshot snapshot -> snapshot(snapshot, out);
    }
    if (state.size() == 0) {
      out.accept(new WakeAt(vacantSinceNanos + config.vacantNanos()));
    }
  }

  /** Tells the room that time has passed. */
  public void wake(long nowNanos, Consumer<? super RoomOutput> out) {
    if (state.size() == 0 && nowNanos - vacantSinceNanos >= config.vacantNanos()) {
      out.accept(new Vacant(room));
    }
  }

  private void enter(Enter enter, long epochMillis, Consumer<? super RoomOutput> out) {
    if (state.member(enter.session()) == null) {
      if (state.size() >= config.maxMembers()) {
        refuse(enter.session(), enter.id(), Code.ROOM_FULL, "the room is full", out);
        return;
      }
      apply(state.put(newMember(enter, epochMillis)), LeaveReason.LEAVE, enter.session(), out);
    }
    out.accept(new Answer(enter.session(), enter.id(), joined(enter.session(), enter.id())));
  }

  private Member newMember(Enter enter, long epochMillis) {
    RoomRequest.Occupant who = enter.occupant();
    Stamp stamp = new Stamp(clock.tick(epochMillis), replica);
    return new Member(
        enter.session(),
        who.epoch(),
        who.host(),
        who.region(),
        who.user(),
        who.role(),
        stamp.time(),
        new Register<>(stamp, enter.profile().compact()));
  }

  private void part(Part part, long nowNanos, Consumer<? super RoomOutput> out) {
    if (state.member(part.session()) != null) {
      apply(state.remove(part.session()), part.reason(), part.session(), out);
      if (state.size() == 0) {
        vacantSinceNanos = nowNanos;
      }
    }
    if (part.id() != RoomRequest.NO_ANSWER) {
      out.accept(new Answer(part.session(), part.id(), new Done(part.id(), COPIES, null)));
    }
  }

  private void describe(Describe describe, long epochMillis, Consumer<? super RoomOutput> out) {
    Member member = memberOrRefuse(describe.session(), describe.id(), out);
    if (member != null) {
      Stamp stamp = new Stamp(clock.tick(epochMillis), replica);
      Register<Content> profile = new Register<>(stamp, describe.profile().compact());
      apply(state.put(member.withProfile(profile)), LeaveReason.LEAVE, describe.session(), out);
      Done done = new Done(describe.id(), COPIES, null);
      out.accept(new Answer(describe.session(), describe.id(), done));
    }
  }

  private void say(Say say, long epochMillis, Consumer<? super RoomOutput> out) {
    Member author = memberOrRefuse(say.session(), say.id(), out);
    if (author != null) {
      RoomDelta delta =
          state.say(say.session(), author.user(), say.data().compact(), clock.tick(epochMillis));
      ChatMessage message = delta.chat().getFirst();
      apply(delta, LeaveReason.LEAVE, say.session(), out);
      Said said = new Said(say.id(), message.id(), message.at().millis(), COPIES);
      out.accept(new Answer(say.session(), say.id(), said));
    }
  }

  private void page(Page page, Consumer<? super RoomOutput> out) {
    if (memberOrRefuse(page.session(), page.id(), out) != null) {
      ChatLog.Page found = state.chat().page(page.before(), page.limit());
      ServerMessage answer = new ServerMessage.History(page.id(), found.messages(), found.more());
      out.accept(new Answer(page.session(), page.id(), answer));
    }
  }

  private void snapshot(Snapshot snapshot, Consumer<? super RoomOutput> out) {
    String session = snapshot.session();
    if (memberOrRefuse(session, RoomRequest.NO_ANSWER, out) != null) {
      out.accept(new Answer(session, RoomRequest.NO_ANSWER, joined(session, null)));
    }
  }

  private @Nullable Member memberOrRefuse(
      String session, long id, Consumer<? super RoomOutput> out) {
    Member member = state.member(session);
    if (member == null) {
      refuse(session, id, Code.NOT_IN_ROOM, "join the room first", out);
    }
    return member;
  }

  private static void refuse(
      String session, long id, Code code, String message, Consumer<? super RoomOutput> out) {
    Long request = id == RoomRequest.NO_ANSWER ? null : id;
    out.accept(new Answer(session, id, new Failed(request, code, message)));
  }

  private Joined joined(String session, @Nullable Long id) {
    List<Member> everybody = state.members();
    Member self =
        everybody.stream().filter(m -> m.session().equals(session)).findFirst().orElseThrow();
    List<Member> others = everybody.stream().filter(m -> !m.session().equals(session)).toList();
    TreeMap<String, Content> settings = new TreeMap<>();
    state.settings().forEach((key, register) -> settings.put(key, register.value()));
    List<ChatMessage> chat = state.chat().page(null, Math.max(1, config.joinChat())).messages();
    return new Joined(
        id, room, self, others, settings, config.joinChat() == 0 ? List.of() : chat, COPIES);
  }

  /** Merges a delta and tells everybody but its author what it changed. */
  private void apply(
      RoomDelta delta, LeaveReason reason, String author, Consumer<? super RoomOutput> out) {
    RoomChanges changes = state.merge(delta);
    if (!changes.joined().isEmpty() || !changes.left().isEmpty()) {
      view = RoomView.of(room, state.members().stream().map(Member::session).toList());
      out.accept(new Publish(view));
    }
    changes.left().forEach(m -> tell(changed(MemberEvent.LEFT, m, reason), author, out));
    changes.joined().forEach(m -> tell(changed(MemberEvent.JOINED, m, null), author, out));
    changes.updated().forEach(m -> tell(changed(MemberEvent.UPDATED, m, null), author, out));
    changes.chat().forEach(m -> tell(new ServerMessage.Chatted(room, m), author, out));
  }

  private MemberChanged changed(MemberEvent event, Member member, @Nullable LeaveReason reason) {
    return new MemberChanged(room, event, member, reason);
  }

  private void tell(Event event, String author, Consumer<? super RoomOutput> out) {
    for (String session : view.sessions()) {
      if (!session.equals(author)) {
        out.accept(new Tell(session, event));
      }
    }
  }
}
