package dev.starling.core.room;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.room.RoomRequest.Configure;
import dev.starling.core.room.RoomRequest.Describe;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.core.room.RoomRequest.Judge;
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
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Stamp;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What sessions and the application may do with a room: applies each operation to the replicated
 * state and says what came of it. Not re-entrant, one thread at a time; does no I/O.
 */
public final class RoomOperations {
  private final String room;
  private final ReplicaId replica;
  private final RoomConfig config;
  private final HybridClock clock;
  private final RoomState state;
  private final RoomPolicy policy;
  private final RoomTelling telling;
  private final RoomDoor door;
  private final RoomModeration moderation;
  private final RoomOrders orders;

  /**
   * @param room the room's name
   * @param replica this owner
   * @param clock the node's hybrid clock for the thread that steps this room
   * @param state what the operations change
   */
  public RoomOperations(
      String room, ReplicaId replica, RoomConfig config, HybridClock clock, RoomState state) {
    this.room = room;
    this.replica = replica;
    this.config = config;
    this.clock = clock;
    this.state = state;
    this.policy = new RoomPolicy(state, config.maxMembers());
    this.telling = new RoomTelling(state);
    this.door = new RoomDoor(room, state, policy, telling);
    this.moderation = new RoomModeration(room, state, door, telling);
    this.orders = new RoomOrders(room, state, policy, door, moderation, telling);
  }

  /** The room's settings over its state. */
  public RoomPolicy policy() {
    return policy;
  }

  /**
   * Takes one request.
   *
   * @param residency the regions that the asker's token pins the room to; empty for all
   * @param epochMillis wall clock, for stamps
   */
  public void step(
      RoomRequest request,
      List<String> residency,
      long epochMillis,
      Consumer<? super RoomEffect> out) {
    telling.begin(out);
    switch (request) {
      case Enter enter -> {
        if (residency.isEmpty() || door.pins(enter, residency, clock.tick(epochMillis))) {
          enter(enter, epochMillis);
        }
      }
      case Part part -> part(part);
      case Describe describe -> describe(describe, epochMillis);
      case Say say -> say(say, epochMillis);
      case Page page -> page(page);
      case Configure configure -> configure(configure, epochMillis);
      case Judge judge -> judge(judge, epochMillis);
      case Snapshot snapshot -> snapshot(snapshot);
    }
  }

  /**
   * Carries out what the application asks.
   *
   * @param epochMillis wall clock, for stamps and bans
   */
  public RoomReport order(RoomOrder order, long epochMillis, Consumer<? super RoomEffect> out) {
    telling.begin(out);
    if (order instanceof RoomOrder.Configure configure) {
      RoomDelta delta = policy.delta(configure.change(), clock.tick(epochMillis));
      telling.apply(delta, LeaveReason.LEAVE, RoomTelling.NOBODY);
      door.settingsChanged(epochMillis, admitted -> letIn(admitted, epochMillis));
    }
    return orders.take(order, epochMillis);
  }

  /** Whoever waits to be let in is looked at again, after the state has changed elsewhere. */
  public void reconsider(RoomChanges changes, long epochMillis, Consumer<? super RoomEffect> out) {
    telling.begin(out);
    changes.joined().forEach(door::announceTo);
    door.turnAwayBanned(epochMillis);
    door.settingsChanged(epochMillis, admitted -> letIn(admitted, epochMillis));
  }

  /** Takes out a member whose host is gone. */
  public void expire(String session, Consumer<? super RoomEffect> out) {
    telling.begin(out);
    if (state.member(session) != null) {
      telling.apply(state.remove(session), LeaveReason.TIMEOUT, session);
    }
  }

  /** Turns everybody away who waits. */
  public void denyAll(Consumer<? super RoomEffect> out) {
    telling.begin(out);
    door.denyAll();
  }

  /** Those who wait to be let in. */
  public Lobby lobby() {
    return door.lobby();
  }

  /** About how many bytes those take up who wait to be let in. */
  public long waitingBytes() {
    return door.heldBytes();
  }

  private void enter(Enter enter, long epochMillis) {
    Member member = state.member(enter.session());
    if (member == null) {
      door.knock(enter, epochMillis, admitted -> letIn(admitted, epochMillis));
    } else {
      RoomRequest.Occupant who = enter.occupant();
      if (who.epoch() > member.epoch()) {
        telling.merge(state.put(member.at(who.epoch(), who.host(), who.region())));
      }
      show(member, enter.id());
    }
  }

  private void letIn(Enter enter, long epochMillis) {
    Member member = enter.member(new Stamp(clock.tick(epochMillis), replica));
    RoomChanges changes = telling.merge(state.put(member));
    // The newcomer is answered first: whoever learns of it may signal it at once from another loop.
    show(member, enter.id());
    telling.tell(changes, LeaveReason.LEAVE, member.session());
  }

  /** Tells a member everything that is now. */
  private void show(Member member, long id) {
    Long request = id == RoomRequest.NO_ANSWER ? null : id;
    telling.answer(member.session(), id, joined(member.session(), request));
    door.announceTo(member);
  }

  private void part(Part part) {
    door.leave(part.session());
    Member member = state.member(part.session());
    if (member != null && member.epoch() <= part.epoch()) {
      telling.apply(state.remove(part.session()), part.reason(), part.session());
    }
    if (part.id() != RoomRequest.NO_ANSWER) {
      done(part.session(), part.id());
    }
  }

  private void describe(Describe describe, long epochMillis) {
    Member member = memberOrRefuse(describe.session(), describe.id());
    if (member != null) {
      Stamp stamp = new Stamp(clock.tick(epochMillis), replica);
      Register<Content> profile = new Register<>(stamp, describe.profile().compact());
      telling.apply(state.put(member.withProfile(profile)), LeaveReason.LEAVE, describe.session());
      done(describe.session(), describe.id());
    }
  }

  private void say(Say say, long epochMillis) {
    Member author = memberOrRefuse(say.session(), say.id());
    if (author != null) {
      RoomDelta delta =
          state.say(say.session(), author.user(), say.data().compact(), clock.tick(epochMillis));
      ChatMessage message = delta.chat().firstEntry().getValue();
      telling.apply(delta, LeaveReason.LEAVE, say.session());
      Said said = new Said(say.id(), message.id(), message.at().millis(), RoomCore.COPIES);
      telling.answer(say.session(), say.id(), said);
    }
  }

  private void page(Page page) {
    if (memberOrRefuse(page.session(), page.id()) != null) {
      ChatLog.Page found = state.chat().page(page.before(), page.limit());
      ServerMessage answer = new ServerMessage.History(page.id(), found.messages(), found.more());
      telling.answer(page.session(), page.id(), answer);
    }
  }

  private void configure(Configure configure, long epochMillis) {
    if (isModerator(configure.session(), configure.id())) {
      RoomDelta delta = policy.delta(configure.change(), clock.tick(epochMillis));
      telling.apply(delta, LeaveReason.LEAVE, configure.session());
      done(configure.session(), configure.id());
      door.settingsChanged(epochMillis, admitted -> letIn(admitted, epochMillis));
    }
  }

  private void judge(Judge judge, long epochMillis) {
    if (isModerator(judge.session(), judge.id())) {
      moderation.judge(judge, epochMillis, admitted -> letIn(admitted, epochMillis));
    }
  }

  private void snapshot(Snapshot snapshot) {
    Member member = memberOrRefuse(snapshot.session(), RoomRequest.NO_ANSWER);
    if (member != null) {
      show(member, RoomRequest.NO_ANSWER);
    }
  }

  private void done(String session, long id) {
    telling.answer(session, id, new Done(id, RoomCore.COPIES, null));
  }

  private boolean isModerator(String session, long id) {
    Member member = memberOrRefuse(session, id);
    if (member != null && member.role() != Role.MODERATOR) {
      telling.refuse(session, id, Code.FORBIDDEN, "only moderators may do this");
      return false;
    }
    return member != null;
  }

  private @Nullable Member memberOrRefuse(String session, long id) {
    Member member = state.member(session);
    if (member == null) {
      telling.refuse(session, id, Code.NOT_IN_ROOM, "join the room first");
    }
    return member;
  }

  /**
   * Everything that is now, for one member.
   *
   * @param id of its request; null for a snapshot
   */
  public Joined joined(String session, @Nullable Long id) {
    List<Member> everybody = state.members();
    Member self =
        everybody.stream().filter(m -> m.session().equals(session)).findFirst().orElseThrow();
    List<Member> others = everybody.stream().filter(m -> !m.session().equals(session)).toList();
    List<ChatMessage> chat = state.chat().page(null, Math.max(1, config.joinChat())).messages();
    return new Joined(
        id,
        room,
        self,
        others,
        policy.settings(),
        config.joinChat() == 0 ? List.of() : chat,
        RoomCore.COPIES);
  }
}
