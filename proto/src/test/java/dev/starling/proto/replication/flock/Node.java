package dev.starling.proto.replication.flock;

import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.core.replication.ReplicationOutput;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node with its disk and the sessions that it hosts; it may die and come again. */
final class Node {
  private static final ReplicaId DISK = new ReplicaId("disk", 1);

  private final World world;
  private final String name;
  private final String region;
  private final String zone;
  private final boolean core;
  private final TreeMap<String, RoomState> disk = new TreeMap<>();
  private final TreeMap<String, Session> sessions = new TreeMap<>();
  private final TreeMap<String, RoomView> views = new TreeMap<>();
  private final TreeMap<Long, RoomReport> reports = new TreeMap<>();
  private final TreeMap<ReplicationOutput.Loss, Integer> losses = new TreeMap<>();
  private @Nullable ReplicationCore replication;
  private final TreeMap<String, Integer> sent = new TreeMap<>();
  private @Nullable List<ReplicationInput> stalled;
  private boolean draining;
  private long generation;
  private long wakeNanos;
  private long lastOrder;
  private long clockAheadMillis;
  private long storeNanos = Timeline.MILLI / 2;

  Node(World world, String name, String region, String zone, boolean core) {
    this.world = world;
    this.name = name;
    this.region = region;
    this.zone = zone;
    this.core = core;
  }

  String name() {
    return name;
  }

  String region() {
    return region;
  }

  String zone() {
    return zone;
  }

  boolean isCore() {
    return core;
  }

  ReplicaId life() {
    return new ReplicaId(name, generation);
  }

  /** What others know of it. */
  Fact fact() {
    Endpoint endpoint = new Endpoint("127.0.0.1", 1);
    NodeInfo info =
        new NodeInfo(
            endpoint,
            endpoint,
            region,
            zone,
            EnumSet.of(core ? NodeRole.CORE : NodeRole.EDGE),
            0,
            draining,
            new VersionRange(1, 1),
            List.of("ws://" + name),
            List.of());
    NodeId id = new NodeId(name, generation);
    boolean alive = lives() && !world.isTakenForDead(name);
    return alive ? Fact.alive(id, 0, info) : new Fact(id, 0, Status.DEAD, info, null, false);
  }

  /** Whether it goes away, and owns nothing any more. */
  boolean isDraining() {
    return draining;
  }

  void draining(boolean now) {
    draining = now;
  }

  boolean lives() {
    return replication != null;
  }

  void clockAheadMillis(long millis) {
    clockAheadMillis = millis;
  }

  void storeNanos(long nanos) {
    storeNanos = nanos;
  }

  Map<ReplicationOutput.Loss, Integer> losses() {
    return losses;
  }

  /** What it has sent, by the kind of message. */
  Map<String, Integer> sent() {
    return sent;
  }

  /** What of a room is on its disk. */
  @Nullable RoomState stored(String room) {
    return disk.get(room);
  }

  void start() {
    startWithoutDisk();
    readDisk();
  }

  /** It can't be read until later. */
  void startWithoutDisk() {
    generation = world.time().epochMillis() << 16;
    replication = new ReplicationCore(life(), region, shard -> true, world.config());
  }

  void readDisk() {
    new TreeMap<>(disk)
        .forEach((room, state) -> step(new ReplicationInput.Restored(room, state.full())));
  }

  void kill(boolean keepDisk) {
    replication = null;
    sessions.clear();
    views.clear();
    if (!keepDisk) {
      disk.clear();
    }
  }

  void view(ClusterView view) {
    step(new ReplicationInput.ViewChanged(view));
  }

  /** From now on it does nothing: what it is told waits. */
  void stall() {
    stalled = new ArrayList<>();
  }

  void goOn() {
    List<ReplicationInput> missed = stalled;
    stalled = null;
    if (missed != null) {
      missed.forEach(this::step);
    }
  }

  void step(ReplicationInput input) {
    List<ReplicationInput> waiting = stalled;
    if (waiting != null) {
      waiting.add(input);
      return;
    }
    ReplicationCore running = replication;
    if (running != null) {
      running.step(
          input,
          world.time().nowNanos(),
          world.time().epochMillis() + clockAheadMillis,
          output -> take(running, output));
    }
  }

  private void take(ReplicationCore from, ReplicationOutput output) {
    switch (output) {
      case ReplicationOutput.Send send -> {
        sent.merge(send.message().getClass().getSimpleName(), 1, Integer::sum);
        world.send(this, send.peer(), send.message());
      }
      case ReplicationOutput.Store store -> store(from, store);
      case ReplicationOutput.Forget forget ->
          world.time().after(storeNanos, () -> forget(from, forget.room()));
      case ReplicationOutput.Closed closed -> views.remove(closed.room());
      case ReplicationOutput.Reported reported -> reports.put(reported.ticket(), reported.report());
      case ReplicationOutput.Publish publish -> views.put(publish.view().room(), publish.view());
      case ReplicationOutput.Answer answer -> {
        Session session = sessions.get(answer.session());
        if (session != null) {
          session.answered(answer.room(), answer.id(), answer.message());
        }
      }
      case ReplicationOutput.Tell tell -> {
        Session session = sessions.get(tell.session());
        if (session != null) {
          session.happened(tell.event());
        }
      }
      case ReplicationOutput.Counted counted -> losses.merge(counted.loss(), 1, Integer::sum);
      case ReplicationOutput.WakeAt wake -> wakeAt(from, wake.nanos());
    }
  }

  private void store(ReplicationCore from, ReplicationOutput.Store store) {
    world
        .time()
        .after(
            storeNanos,
            () -> {
              if (from == replication) {
                RoomDelta delta = store.delta();
                disk.computeIfAbsent(store.room(), room -> new RoomState(DISK, 64)).merge(delta);
                step(new ReplicationInput.Stored(store.room(), store.sequence()));
              }
            });
  }

  private void forget(ReplicationCore from, String room) {
    if (from == replication) {
      disk.remove(room);
    }
  }

  private void wakeAt(ReplicationCore from, long nanos) {
    wakeNanos = nanos;
    world
        .time()
        .after(
            Math.max(0, nanos - world.time().nowNanos()),
            () -> {
              if (from == replication && wakeNanos == nanos) {
                step(new ReplicationInput.Woken());
              }
            });
  }

  /** A client comes. */
  Session open(String id, boolean moderator) {
    return host(id, moderator, 1);
  }

  /** A client comes that another node may have served before. */
  Session host(String id, boolean moderator, long epoch) {
    Session session = new Session(this, id, moderator, epoch);
    sessions.put(id, session);
    return session;
  }

  Map<String, Session> sessions() {
    return sessions;
  }

  void ask(String room, RoomRequest request, List<String> residency) {
    step(new ReplicationInput.Ask(room, request, residency));
  }

  /** The application asks; its number is the report's. */
  long order(String room, RoomOrder order, boolean opens) {
    lastOrder++;
    step(new ReplicationInput.Order(room, lastOrder, order, opens));
    return lastOrder;
  }

  @Nullable RoomReport report(long ticket) {
    return reports.get(ticket);
  }

  RoomView viewOf(String room) {
    return views.getOrDefault(room, RoomView.empty(room));
  }

  @Nullable RoomReplica replica(String room) {
    ReplicationCore running = replication;
    return running == null ? null : running.replica(room);
  }

  static ReplicationConfig usual(dev.starling.core.room.RoomConfig room) {
    return ReplicationConfig.of(room, 4 * Timeline.SECOND, 10 * Timeline.SECOND, 120_000);
  }
}
