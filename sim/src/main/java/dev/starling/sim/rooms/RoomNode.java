package dev.starling.sim.rooms;

import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.core.replication.ReplicationOutput;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.ReplicaId;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.proto.replication.PeerReader;
import dev.starling.proto.replication.PeerWriter;
import dev.starling.sim.network.Connection;
import dev.starling.sim.node.Alarm;
import dev.starling.sim.node.Machine;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One process's rooms: its replication, its connections to others, and the sessions it serves. */
final class RoomNode {
  private final RoomWorld rooms;
  private final Machine machine;
  private final NodeId self;
  private final ReplicationCore core;
  private final RoomKeeping keeping;
  private final Alarm alarm;
  private final TreeMap<String, Peer> peers = new TreeMap<>();
  private final TreeMap<String, Client> sessions = new TreeMap<>();
  private final TreeMap<String, RoomView> views = new TreeMap<>();
  private @Nullable ClusterView view;
  private boolean joined;
  private boolean stalled;
  private boolean viewIsDue;

  RoomNode(RoomWorld rooms, Machine machine, NodeId self) {
    this.rooms = rooms;
    this.machine = machine;
    this.self = self;
    String region = rooms.world().topology().region(machine.number());
    this.core = new ReplicationCore(life(), region, shard -> true, rooms.config());
    this.keeping = new RoomKeeping(this, machine.disk(), core);
    this.alarm =
        new Alarm(rooms.world().events(), machine, () -> input(new ReplicationInput.Woken()));
    keeping.restored().forEach((room, all) -> step(new ReplicationInput.Restored(room, all)));
  }

  RoomWorld rooms() {
    return rooms;
  }

  Machine machine() {
    return machine;
  }

  String name() {
    return self.name();
  }

  NodeId self() {
    return self;
  }

  ReplicaId life() {
    return new ReplicaId(self.name(), self.generation());
  }

  String region() {
    return rooms.world().topology().region(machine.number());
  }

  /** Whether this process is still the one that runs on its machine. */
  boolean lives() {
    return rooms.node(machine.number()) == this;
  }

  /** Whether it lets clients in. */
  boolean isReady() {
    return joined && !stalled && lives();
  }

  /** Its process has ended. */
  void end() {
    peers.values().forEach(Peer::end);
    List.copyOf(sessions.values()).forEach(Client::cutOff);
  }

  void saw(SwimOutput output) {
    switch (output) {
      case SwimOutput.Joined first -> joined = true;
      case SwimOutput.Stalled stall -> stalled = true;
      case SwimOutput.Resynced again -> stalled = false;
      default -> {}
    }
  }

  /** Whether its rooms are to be told what it believes, and nothing is under way to do so. */
  boolean wantsView() {
    boolean wanted = joined && !viewIsDue;
    viewIsDue |= joined;
    return wanted;
  }

  /** What this node believes by now. */
  void see(ClusterView newer) {
    viewIsDue = false;
    machine
        .rooms()
        .run(() -> {
          view = newer;
          newer
              .nodes()
              .forEach((name, node) -> {
                if (!name.equals(self.name())) {
                  peer(name).review(node);
                }
              });
          step(new ReplicationInput.ViewChanged(newer));
        });
  }

  @Nullable ClusterView view() {
    return view;
  }

  private Peer peer(String name) {
    return peers.computeIfAbsent(name, absent -> new Peer(this, name));
  }

  void called(Connection connection, byte[] hello) {
    machine
        .rooms()
        .run(() -> {
          Hello said = Hello.read(hello);
          peer(said.caller().node()).called(connection, said);
        });
  }

  /** Whether there is a connection to a node. */
  boolean isConnected(String name) {
    Peer peer = peers.get(name);
    return peer != null && peer.isUp();
  }

  /** Steps its replication, when it gets to it. */
  void input(ReplicationInput input) {
    machine.rooms().run(() -> step(input));
  }

  void received(String from, byte[] bytes) {
    rooms.world().trace().add(rooms.world().events().now(), machine.number(), bytes);
    PeerMessage message = PeerReader.peer(Bytes.wrap(bytes));
    if (message == null) {
      rooms.violations().add("what a node says can be read", from + " to " + self);
    } else {
      step(new ReplicationInput.Received(from, message));
    }
  }

  /** Not from within a step. */
  void step(ReplicationInput input) {
    rooms.tell(() -> self + " < " + said(input));
    core.step(input, machine.localNanos(), machine.wallMillis(), this::take);
    alarm.arm();
  }

  private void take(ReplicationOutput output) {
    switch (output) {
      case ReplicationOutput.Send send -> send(send.peer(), send.message());
      case ReplicationOutput.Store store -> keeping.keep(store);
      case ReplicationOutput.Forget forget -> machine.disk().remove(forget.room());
      case ReplicationOutput.Closed closed -> views.remove(closed.room());
      case ReplicationOutput.Publish publish -> views.put(publish.view().room(), publish.view());
      case ReplicationOutput.Answer answer -> {
        trace(output);
        Client client = sessions.get(answer.session());
        if (client != null) {
          client.answered(answer.room(), answer.id(), answer.message());
        }
      }
      case ReplicationOutput.Tell tell -> {
        trace(output);
        Client client = sessions.get(tell.session());
        if (client != null) {
          client.happened(tell.event());
        }
      }
      case ReplicationOutput.Reported reported -> {}
      case ReplicationOutput.Counted counted -> trace(output);
      case ReplicationOutput.WakeAt wake -> alarm.set(wake.nanos());
    }
  }

  private static String said(ReplicationInput input) {
    return input instanceof ReplicationInput.ViewChanged changed
        ? "ViewChanged " + changed.view().nodes().values() + changed.view().unreachable()
        : input.toString();
  }

  private void trace(ReplicationOutput output) {
    rooms.saw(this, output);
  }

  private void send(String to, PeerMessage message) {
    Peer peer = peers.get(to);
    if (peer != null) {
      byte[] bytes = PeerWriter.peer(message).toByteArray();
      rooms.sent(machine.number(), rooms.world().numberOf(to), message, bytes.length);
      peer.send(bytes);
    }
  }

  void open(Client client) {
    sessions.put(client.id(), client);
  }

  void close(Client client) {
    sessions.remove(client.id());
  }

  SortedMap<String, Client> sessions() {
    return sessions;
  }

  void ask(String room, RoomRequest request, List<String> residency) {
    rooms.asked(request);
    input(new ReplicationInput.Ask(room, request, residency));
  }

  /** Who is in a room, as clients' signals are routed. */
  RoomView viewOf(String room) {
    return views.getOrDefault(room, RoomView.empty(room));
  }

  @Nullable RoomReplica replica(String room) {
    return core.replica(room);
  }

  int size() {
    return core.rooms();
  }
}
