package dev.starling.core.route;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.session.Relay;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionInput;
import dev.starling.core.session.SessionOutput;
import dev.starling.crdt.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Several nodes with sessions of one room, and streams that are cut. */
final class RouteWorld {
  static final String ROOM = "r";
  static final int NODES = 3;
  static final int SESSIONS = 6;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long GENERATION = 1;
  private final List<String> names = IntStream.range(0, SESSIONS).mapToObj(i -> "s" + i).toList();
  private final Map<String, SessionCore> sessions = new TreeMap<>();
  private final Map<String, Sender> clients = new TreeMap<>();
  private final Map<String, Long> wakes = new TreeMap<>();
  private final Map<String, RouteCore> routes = new TreeMap<>();
  private final List<Stream> streams = new ArrayList<>();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private long nowNanos;

  RouteWorld(long maxHeldBytes) {
    for (int a = 0; a < NODES; a++) {
      for (int b = 0; b < NODES; b++) {
        if (a != b) {
          routes.put(route(node(a), node(b)), new RouteCore(new RouteConfig(maxHeldBytes)));
        }
        if (a < b) {
          streams.add(new Stream(node(a), node(b)));
        }
      }
    }
    names.forEach(this::open);
  }

  private static String node(int number) {
    return "n" + number;
  }

  private static String route(String node, String peer) {
    return node + ">" + peer;
  }

  private static String nodeOf(String session) {
    return node(Integer.parseInt(session.substring(1)) % NODES);
  }

  private void open(String session) {
    sessions.put(session, RoomMembers.core(session, nodeOf(session), names));
    clients.put(session, new Sender(session));
    step(session, new SessionInput.Opened(1, List.of(), null));
    says(session, new ClientMessage.Join(1, ROOM, Content.EMPTY_OBJECT, null));
    step(session, new SessionInput.Answered(ROOM, 1, RoomMembers.joined(session, nodeOf(session))));
    run();
  }

  List<String> names() {
    return names;
  }

  List<Stream> streams() {
    return streams;
  }

  private Sender client(String session) {
    Sender client = clients.get(session);
    if (client == null) {
      throw new IllegalStateException("no client " + session);
    }
    return client;
  }

  void signal(String from, String to) {
    if (sessions.containsKey(from)) {
      says(from, client(from).signal(to, nowNanos));
    }
  }

  void broadcast(String from) {
    if (sessions.containsKey(from)) {
      says(from, client(from).broadcast(nowNanos));
    }
  }

  void confirm(String session) {
    String offset = client(session).offset;
    if (offset != null && sessions.containsKey(session)) {
      says(session, new ClientMessage.Confirm(offset));
    }
  }

  void again(String session) {
    if (sessions.containsKey(session)) {
      client(session).again(nowNanos).forEach(message -> says(session, message));
    }
  }

  void leave(String session) {
    step(session, new SessionInput.Detached(1, true));
    run();
  }

  boolean waits() {
    return clients.values().stream()
        .anyMatch(client -> sessions.containsKey(client.session) && client.waits());
  }

  void check() {
    clients.values().stream()
        .filter(client -> sessions.containsKey(client.session))
        .forEach(client -> client.check(clients, nowNanos));
  }

  /** An end sees by itself that its stream was cut. */
  void notice(Stream.End end, Stream stream) {
    if (stream.isCut() && end.open) {
      end.open = false;
      queue.add(() -> routeNow(end.node, end.peer, new RouteInput.Down()));
      run();
    }
  }

  void connect(Stream stream) {
    if (stream.isCut()) {
      opened(stream.connect(), stream);
    }
  }

  private void opened(Stream.End end, Stream stream) {
    if (end.open) {
      route(end, new RouteInput.Down());
    }
    stream.opened(end);
    route(end, new RouteInput.Up(GENERATION));
  }

  /** One end takes the next of what comes to it; false where nothing does. */
  boolean move(Stream.End end, Stream stream) {
    Stream.Sent next = end.coming.poll();
    if (next == null) {
      return false;
    }
    RouteFrame frame = next.frame();
    if (frame == null) {
      opened(end, stream);
    } else {
      route(end, new RouteInput.Arrived(frame));
    }
    return true;
  }

  void pass(long nanos) {
    long end = nowNanos + nanos;
    while (true) {
      String first = null;
      for (Map.Entry<String, Long> wake : wakes.entrySet()) {
        boolean isSooner = first == null || wake.getValue() < wakes.getOrDefault(first, NEVER);
        first = isSooner ? wake.getKey() : first;
      }
      long at = first == null ? NEVER : wakes.getOrDefault(first, NEVER);
      if (first == null || at > end) {
        nowNanos = end;
        return;
      }
      nowNanos = Math.max(nowNanos, at);
      wakes.remove(first);
      step(first, new SessionInput.Woken());
      run();
    }
  }

  private void says(String session, ClientMessage message) {
    step(session, new SessionInput.Received(message, 10));
    run();
  }

  private void step(String session, SessionInput input) {
    queue.add(() -> {
      SessionCore core = sessions.get(session);
      if (core != null) {
        core.step(input, nowNanos, output -> dispatch(session, output));
      }
    });
  }

  private void run() {
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      task.run();
    }
  }

  private void dispatch(String session, SessionOutput output) {
    switch (output) {
      case SessionOutput.Send send -> client(session).told(send.message(), send.offset(), nowNanos);
      case SessionOutput.SendRelay relay ->
          relay(nodeOf(session), List.of(relay.to()), relay.relay());
      case SessionOutput.SendRelays relays -> relay(nodeOf(session), relays.to(), relays.relay());
      case SessionOutput.WakeAt wake -> wakes.merge(session, wake.nanos(), Math::min);
      case SessionOutput.Ended ended -> {
        sessions.remove(session);
        wakes.remove(session);
      }
      default -> {}
    }
  }

  private void relay(String from, List<String> to, Relay relay) {
    Map<String, List<String>> byNode = new TreeMap<>();
    to.forEach(each -> byNode.computeIfAbsent(nodeOf(each), node -> new ArrayList<>()).add(each));
    byNode.forEach((node, there) -> {
      if (node.equals(from)) {
        there.forEach(each -> hand(from, each, relay));
      } else {
        queue.add(() -> routeNow(from, node, new RouteInput.Said(relay, there)));
      }
    });
  }

  private void hand(String node, String to, Relay relay) {
    if (sessions.containsKey(to)) {
      step(to, new SessionInput.Relayed(relay));
    } else if (relay instanceof Relay.Deliver delivery) {
      relay(node, List.of(delivery.from()), absent(to, delivery.id()));
    } else if (relay instanceof Relay.Withdraw withdrawal) {
      relay(node, List.of(withdrawal.from()), absent(to, withdrawal.id()));
    }
  }

  private static Relay absent(String receiver, long id) {
    return new Relay.Outcome(receiver, id, Relay.Fate.ABSENT);
  }

  private void route(Stream.End end, RouteInput input) {
    queue.add(() -> routeNow(end.node, end.peer, input));
    run();
  }

  private void routeNow(String node, String peer, RouteInput input) {
    RouteCore core = routes.get(route(node, peer));
    if (core == null) {
      throw new IllegalStateException("no route from " + node + " to " + peer);
    }
    List<RouteFrame> refused = new ArrayList<>();
    core.step(input, output -> carry(node, peer, output, refused));
    refused.forEach(frame ->
        core.step(
            new RouteInput.Refused(frame), output -> carry(node, peer, output, new ArrayList<>())));
  }

  private void carry(String node, String peer, RouteOutput output, List<RouteFrame> refused) {
    switch (output) {
      case RouteOutput.Hand hand -> hand(node, hand.to(), hand.relay());
      case RouteOutput.Reset reset -> {
        Stream stream = stream(node, peer);
        stream.cut();
        queue.add(() -> notice(stream.end(node), stream));
      }
      case RouteOutput.Carry carry -> {
        Stream stream = stream(node, peer);
        Stream.End end = stream.end(node);
        if (end.jammed || !refused.isEmpty()) {
          refused.add(carry.frame());
        } else {
          stream.send(end, carry.frame());
        }
      }
    }
  }

  private Stream stream(String one, String other) {
    for (Stream stream : streams) {
      if (stream.end(one).node.equals(one) && stream.end(other).node.equals(other)) {
        return stream;
      }
    }
    throw new IllegalStateException("no stream between " + one + " and " + other);
  }

  /** How much all routes keep. */
  long heldBytes() {
    return routes.values().stream().mapToLong(RouteCore::heldBytes).sum();
  }
}
