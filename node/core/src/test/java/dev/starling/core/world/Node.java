package dev.starling.core.world;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.room.RoomCore;
import dev.starling.core.room.RoomOutput;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.Relay;
import dev.starling.core.session.SessionInput;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One node: the cores' outputs become other cores' inputs, in one order. */
final class Node {
  static final String NAME = "n1";
  static final String REGION = "eu-west-1";

  private final Timeline timeline;
  private final Bounds bounds;
  private final RandomGenerator random;
  private final HybridClock clock = new HybridClock();
  private final Map<String, Grant> grants = new TreeMap<>();
  private final Map<String, SessionCell> sessions = new TreeMap<>();
  private final Map<Long, Gate> gates = new TreeMap<>();
  private final Map<String, RoomCore> rooms = new TreeMap<>();
  private final Map<String, RoomView> views = new TreeMap<>();
  private final Gate nowhere;
  private long lastLine;
  private long lastSession;

  Node(Timeline timeline, Bounds bounds, RandomGenerator random) {
    this.timeline = timeline;
    this.bounds = bounds;
    this.random = random;
    Line cut = new Line(timeline, 0, new Client(timeline, this, "nobody"));
    this.nowhere = new Gate(this, cut);
    cut.attach(nowhere);
    cut.cut();
  }

  Timeline timeline() {
    return timeline;
  }

  Bounds bounds() {
    return bounds;
  }

  RandomGenerator random() {
    return random;
  }

  /** From now on a token is good for this. */
  void grant(String token, Grant grant) {
    grants.put(token, grant);
  }

  Line accept(Client client) {
    Line line = new Line(timeline, ++lastLine, client);
    Gate gate = new Gate(this, line);
    gates.put(line.number(), gate);
    line.attach(gate);
    return line;
  }

  void drain() {
    List.copyOf(sessions.values()).forEach(session -> session.input(new SessionInput.Draining()));
  }

  RoomView view(String room) {
    return views.getOrDefault(room, RoomView.empty(room));
  }

  @Nullable SessionCell session(String id) {
    return sessions.get(id);
  }

  @Nullable Gate gate(long line) {
    return gates.get(line);
  }

  Gate nowhere() {
    return nowhere;
  }

  boolean hasRoom(String room) {
    return rooms.containsKey(room);
  }

  HandshakeInput verify(@Nullable String token) {
    Grant grant = token == null ? null : grants.get(token);
    if (grant == null) {
      return new HandshakeInput.Rejected(Code.UNAUTHENTICATED, "no good token");
    }
    return grant.expired(timeline.nowNanos())
        ? new HandshakeInput.Rejected(Code.TOKEN_EXPIRED, "the token has expired")
        : new HandshakeInput.Verified(grant);
  }

  void open(Gate gate, Grant grant, @Nullable ResumeRefusal refused) {
    SessionCell session = new SessionCell(this, "s" + ++lastSession, grant);
    sessions.put(session.id(), session);
    session.input(new SessionInput.Opened(gate.line().number(), List.of(), refused));
  }

  void closed(Gate gate) {
    gates.remove(gate.line().number());
  }

  void ended(SessionCell session) {
    sessions.remove(session.id());
  }

  void relay(String to, Relay relay) {
    SessionCell receiver = sessions.get(to);
    if (receiver != null) {
      receiver.input(new SessionInput.Relayed(relay));
    } else if (relay instanceof Relay.Deliver delivery) {
      relay(delivery.from(), new Relay.Outcome(to, delivery.id(), Relay.Fate.ABSENT));
    } else if (relay instanceof Relay.Withdraw withdrawal) {
      relay(withdrawal.from(), new Relay.Outcome(to, withdrawal.id(), Relay.Fate.ABSENT));
    }
  }

  void ask(String name, RoomRequest request, List<String> residency) {
    timeline.soon(() -> {
      RoomCore room = rooms.computeIfAbsent(name, this::newRoom);
      room.step(
          request,
          residency,
          timeline.nowNanos(),
          timeline.epochMillis(),
          output -> dispatch(name, room, output));
    });
  }

  private RoomCore newRoom(String name) {
    return new RoomCore(name, new ReplicaId(NAME, 1), bounds.room(), clock, timeline.nowNanos());
  }

  private void dispatch(String name, RoomCore room, RoomOutput output) {
    timeline.note(name + " " + output);
    switch (output) {
      case RoomOutput.Publish publish -> views.put(name, publish.view());
      case RoomOutput.Answer answer ->
          tell(answer.session(), new SessionInput.Answered(name, answer.id(), answer.message()));
      case RoomOutput.Tell tell -> tell(tell.session(), new SessionInput.Happened(tell.event()));
      case RoomOutput.WakeAt wake ->
          timeline.at(
              wake.nanos(),
              () -> room.wake(timeline.nowNanos(), woken -> dispatch(name, room, woken)));
      case RoomOutput.Vacant vacant -> {
        if (rooms.remove(name, room)) {
          views.remove(name);
        }
      }
    }
  }

  private void tell(String session, SessionInput input) {
    SessionCell receiver = sessions.get(session);
    if (receiver != null) {
      receiver.input(input);
    }
  }
}
