package dev.starling.core.session;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomViews;
import dev.starling.core.session.SessionOutput.Ended;
import dev.starling.core.session.SessionOutput.RefuseResume;
import dev.starling.core.session.SessionOutput.WakeAt;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's session. It is attached to at most one connection at a time and survives the loss of
 * one:
 *
 * <pre>
 *   Opened ──▶ attached ──lost──▶ detached ──graceNanos──▶ rooms left ──resumeNanos──▶ ended
 *                 ▲                  │                          │
 *                 └─────Resumed──────┴──────────────────────────┘
 *   attached ──clean close──▶ rooms left, ended
 * </pre>
 *
 * Not re-entrant, one thread at a time; does no I/O. Nothing a client or a peer says makes it
 * throw.
 */
public final class SessionCore {
  private static final long NEVER = Long.MAX_VALUE;

  private final SessionIdentity identity;
  private final SessionConfig config;
  private final Secrets secrets;
  private final Emitter emitter;
  private final RequestLog requests;
  private final RelaySender sender;
  private final RelayReceiver receiver;
  private final JoinedRooms rooms;
  private final ClientDesk desk;
  private final ClientIntake intake;
  private final Liveness liveness;
  private Grant grant;
  private long link;
  private long detachedAtNanos = NEVER;
  private boolean ended;
  private long wakeAtNanos = NEVER;

  /**
   * @param grant what the client's token allows
   * @param views the rooms' published views
   * @param secrets makes this session's resume tokens
   */
  public SessionCore(
      SessionIdentity identity,
      SessionConfig config,
      Grant grant,
      RoomViews views,
      Secrets secrets,
      long nowNanos) {
    this.identity = identity;
    this.config = config;
    this.grant = grant;
    this.secrets = secrets;
    this.emitter = new Emitter(grant.residency());
    this.requests = new RequestLog(config.rememberedRequests(), config.requestsInFlight());
    this.sender = new RelaySender(identity.session(), config.requestNanos(), requests, emitter);
    this.receiver = new RelayReceiver(identity.session(), config, emitter);
    this.rooms = new JoinedRooms(config.limits().roomsPerSession());
    ClientDesk desk =
        new ClientDesk(identity, config, views, requests, sender, receiver, rooms, emitter);
    this.desk = desk;
    this.intake = new ClientIntake(config.rates(), desk, receiver, emitter, nowNanos);
    this.liveness = new Liveness(config.heartbeatNanos(), nowNanos);
  }

  /**
   * Advances the session by one input. After {@link Ended} every input but another's relay is
   * without effect.
   */
  public void step(SessionInput input, long nowNanos, Consumer<? super SessionOutput> out) {
    emitter.begin(out);
    boolean wasAttached = emitter.attached();
    if (ended) {
      answerAfterEnd(input);
    } else {
      apply(input, nowNanos);
      if (wasAttached && !emitter.attached() && detachedAtNanos == NEVER) {
        detachedAtNanos = nowNanos;
      }
      armWake();
    }
    emitter.end();
  }

  /** About how many bytes wait for its client and are remembered of requests and senders. */
  public long heldBytes() {
    return receiver.heldBytes() + requests.heldBytes() + sender.heldBytes();
  }

  private void apply(SessionInput input, long nowNanos) {
    switch (input) {
      case SessionInput.Received received -> {
        liveness.heard(nowNanos);
        intake.received(received, grant, nowNanos);
      }
      case SessionInput.Relayed relayed -> relayed(relayed, nowNanos);
      case SessionInput.Happened happened -> happened(happened.event());
      case SessionInput.Answered answered -> answered(answered);
      case SessionInput.Heard heard -> {
        liveness.heard(nowNanos);
        intake.heard(heard.bytes(), nowNanos);
      }
      case SessionInput.Writable writable -> receiver.writable(writable.writable());
      case SessionInput.Garbled garbled -> {
        liveness.heard(nowNanos);
        intake.garbled(garbled, nowNanos);
      }
      case SessionInput.Opened opened -> open(opened, nowNanos);
      case SessionInput.Resumed resumed -> resume(resumed, nowNanos);
      case SessionInput.Detached detached -> detached(detached, nowNanos);
      case SessionInput.Draining draining ->
          dismiss(Code.DRAINING, "the node is going away", LeaveReason.LEAVE);
      case SessionInput.Revoked revoked when revoked.revocations().cover(grant) ->
          dismiss(Code.REVOKED, "the token was revoked", LeaveReason.KICKED);
      case SessionInput.Revoked others -> {}
      case SessionInput.Shed shed ->
          dismiss(Code.SLOW_CONSUMER, "the node holds too much for it", LeaveReason.TIMEOUT);
      case SessionInput.Woken woken -> woken(nowNanos);
    }
  }

  private void answerAfterEnd(SessionInput input) {
    if (input instanceof SessionInput.Relayed(Relay.Deliver delivery, boolean crowded)) {
      emitter.relay(
          delivery.from(), new Relay.Outcome(identity.session(), delivery.id(), Relay.Fate.ABSENT));
    } else if (input instanceof SessionInput.Resumed resumed) {
      emitter.emit(new RefuseResume(resumed.link(), ResumeRefusal.EXPIRED));
    }
  }

  private void open(SessionInput.Opened opened, long nowNanos) {
    attach(opened.link(), nowNanos);
    welcome(false, opened.refused(), opened.iceServers());
    receiver.start();
  }

  private void resume(SessionInput.Resumed resumed, long nowNanos) {
    Grant now = resumed.grant() == null ? grant : resumed.grant();
    if (!secrets.accepts(resumed.token()) || !now.user().equals(grant.user())) {
      emitter.emit(new RefuseResume(resumed.link(), ResumeRefusal.UNKNOWN));
      return;
    }
    if (now.expired(nowNanos)) {
      emitter.emit(new RefuseResume(resumed.link(), ResumeRefusal.EXPIRED));
      return;
    }
    emitter.close(Code.REPLACED, "the session goes on over a newer connection");
    grant = now;
    emitter.pin(now.residency());
    attach(resumed.link(), nowNanos);
    receiver.confirm(resumed.offset());
    leaveForbiddenRooms();
    welcome(true, null, resumed.iceServers());
    receiver.replay(rooms.inside());
  }

  private void attach(long number, long nowNanos) {
    link = number;
    detachedAtNanos = NEVER;
    liveness.restart(nowNanos);
    emitter.attach(number);
  }

  private void welcome(
      boolean resumed, @Nullable ResumeRefusal reason, List<IceServer> iceServers) {
    ServerMessage welcome =
        Greeting.of(
            identity, config, grant, secrets.next(), resumed, reason, rooms.inside(), iceServers);
    emitter.send(welcome, receiver.confirmedOffset());
  }

  private void relayed(SessionInput.Relayed relayed, long nowNanos) {
    switch (relayed.relay()) {
      case Relay.Deliver delivery ->
          receiver.deliver(
              delivery, rooms.contains(delivery.event().room()), relayed.crowded(), nowNanos);
      case Relay.Withdraw withdrawal -> receiver.withdraw(withdrawal, nowNanos);
      case Relay.Outcome outcome -> sender.outcome(outcome);
    }
  }

  private void happened(ServerMessage.Event event) {
    if (rooms.contains(event.room())) {
      receiver.happened(event);
      if (event instanceof ServerMessage.MemberChanged change
          && change.putsOut(identity.session())) {
        rooms.expelled(event.room(), requests.lastId());
      }
    }
  }

  private void answered(SessionInput.Answered answered) {
    if (answered.id() != RoomRequest.NO_ANSWER) {
      desk.answered(answered.room(), answered.id(), answered.message());
    } else if (answered.message() instanceof ServerMessage.Joined snapshot) {
      emitter.send(snapshot, receiver.writtenOffset());
      receiver.snapshotSent(answered.room());
    } else {
      receiver.snapshotRefused(answered.room());
    }
  }

  private void detached(SessionInput.Detached detached, long nowNanos) {
    if (detached.link() != link) {
      return;
    }
    emitter.detach();
    if (detached.clean()) {
      end(LeaveReason.LEAVE);
    } else if (detachedAtNanos == NEVER) {
      detachedAtNanos = nowNanos;
    }
  }

  private void dismiss(Code code, String message, LeaveReason reason) {
    emitter.close(code, message);
    end(reason);
  }

  private void woken(long nowNanos) {
    wakeAtNanos = NEVER;
    sender.expire(nowNanos);
    if (emitter.attached()) {
      watchConnection(nowNanos);
    } else if (nowNanos - detachedAtNanos >= config.resumeNanos()) {
      end(LeaveReason.TIMEOUT);
    } else if (nowNanos - detachedAtNanos >= config.graceNanos()) {
      leaveAll(LeaveReason.TIMEOUT);
    }
  }

  private void watchConnection(long nowNanos) {
    if (grant.expired(nowNanos)) {
      emitter.close(Code.TOKEN_EXPIRED, "come back with a fresh token");
      return;
    }
    switch (liveness.check(nowNanos)) {
      case FINE -> {}
      case PING -> emitter.emit(new SessionOutput.Ping());
      case DEAD -> emitter.close(Code.IDLE, "nothing heard for twice the heartbeat");
    }
  }

  private void leaveForbiddenRooms() {
    rooms.all().stream()
        .filter(room -> !grant.rooms().matches(room))
        .forEach(room -> leave(room, LeaveReason.LEAVE));
  }

  private void leaveAll(LeaveReason reason) {
    rooms.all().forEach(room -> leave(room, reason));
  }

  private void leave(String room, LeaveReason reason) {
    rooms.left(room);
    emitter.ask(
        new RoomRequest.Part(identity.session(), RoomRequest.NO_ANSWER, identity.epoch(), reason),
        room);
  }

  private void end(LeaveReason reason) {
    leaveAll(reason);
    receiver.end();
    ended = true;
    emitter.emit(new Ended());
  }

  /** Asks for a wake where the next deadline is before the one already asked for. */
  private void armWake() {
    long next = Math.min(sender.nextDeadlineNanos(), nextConnectionDeadlineNanos());
    if (!ended && next < wakeAtNanos) {
      wakeAtNanos = next;
      emitter.emit(new WakeAt(next));
    }
  }

  private long nextConnectionDeadlineNanos() {
    if (emitter.attached()) {
      return Math.min(liveness.nextCheckNanos(), grant.expiresAtNanos());
    }
    if (detachedAtNanos == NEVER) {
      return NEVER;
    }
    return detachedAtNanos + (rooms.all().isEmpty() ? config.resumeNanos() : config.graceNanos());
  }
}
