package dev.starling.sim.rooms;

import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.ReplicationOutput;
import dev.starling.core.room.RoomRequest;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.sim.check.Violations;
import dev.starling.sim.network.Connection;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rooms of all machines: what runs on each beside its membership, and who watches. */
final class RoomWorld {
  private static final int VIEWS_KEPT = 64;
  private static final TreeSet<Integer> NOBODY = new TreeSet<>();

  private final World world;
  private final Violations violations;
  private final ReplicationConfig config;
  private final FlowBounds bounds;
  private final @Nullable RoomNode[] nodes;
  private final Map<List<Fact>, ClusterView> views = new LinkedHashMap<>();
  private final TreeMap<String, TreeSet<Integer>> askedOf = new TreeMap<>();
  private final TreeSet<String> passedOn = new TreeSet<>();
  private final TreeMap<String, Integer> asks = new TreeMap<>();
  private final TreeMap<String, Long> wanBytes = new TreeMap<>();
  private @Nullable Consumer<String> listener;

  /**
   * How much a connection takes.
   *
   * @param fullBytes when a node hears that the other one takes no more for now
   * @param mostBytes when the connection is reset
   */
  record FlowBounds(long fullBytes, long mostBytes) {}

  private final class Tenancy implements Machine.Tenant {
    private final int number;

    Tenancy(int number) {
      this.number = number;
    }

    @Override
    public void began(NodeId self) {
      nodes[number] = new RoomNode(RoomWorld.this, world.machine(number), self);
      changed(number);
    }

    @Override
    public void ended() {
      RoomNode ended = nodes[number];
      nodes[number] = null;
      if (ended != null) {
        ended.end();
      }
    }
  }

  RoomWorld(World world, Violations violations, ReplicationConfig config, FlowBounds bounds) {
    this.world = world;
    this.violations = violations;
    this.config = config;
    this.bounds = bounds;
    this.nodes = new @Nullable RoomNode[world.size()];
    for (int number = 0; number < world.size(); number++) {
      world.machine(number).house(new Tenancy(number));
    }
    world.watch(this::saw);
  }

  World world() {
    return world;
  }

  Violations violations() {
    return violations;
  }

  ReplicationConfig config() {
    return config;
  }

  FlowBounds bounds() {
    return bounds;
  }

  /** What runs on a machine; null where nothing does. */
  @Nullable RoomNode node(int number) {
    return nodes[number];
  }

  /** What runs on the machine of that name; null where nothing does. */
  @Nullable RoomNode node(String name) {
    int number = world.numberOf(name);
    return number < 0 ? null : nodes[number];
  }

  /** Everything that runs, by number. */
  List<RoomNode> nodes() {
    List<RoomNode> running = new ArrayList<>();
    for (RoomNode node : nodes) {
      if (node != null) {
        running.add(node);
      }
    }
    return running;
  }

  /** The owners of a room in all regions that run, as one node sees it. */
  List<RoomNode> owners(String room, ClusterView view) {
    List<RoomNode> owners = new ArrayList<>();
    int shard = dev.starling.membership.ring.Ring.shardOf(room);
    for (String region : view.ring().regions()) {
      for (String name : view.ring().owners(shard, region)) {
        RoomNode owner = node(name);
        if (owner != null) {
          owners.add(owner);
        }
      }
    }
    return owners;
  }

  private void saw(Machine machine, SwimOutput output) {
    RoomNode node = nodes[machine.number()];
    if (node == null) {
      return;
    }
    node.saw(output);
    changed(machine.number());
  }

  /** What a node believes is told to its rooms behind the present step. */
  private void changed(int number) {
    RoomNode node = nodes[number];
    if (node != null && node.wantsView()) {
      world.events().after(0, () -> tell(number, node));
    }
  }

  private void tell(int number, RoomNode node) {
    CoreUnderTest core = world.machine(number).core();
    if (core != null && nodes[number] == node) {
      node.see(viewOf(core));
    }
  }

  private ClusterView viewOf(CoreUnderTest core) {
    List<Fact> facts = core.facts();
    ClusterView known = views.get(facts);
    if (known == null) {
      known = ClusterView.of(facts, List.of());
      views.put(facts, known);
      if (views.size() > VIEWS_KEPT) {
        views.remove(views.keySet().iterator().next());
      }
    }
    return new ClusterView(known.nodes(), known.ring(), core.unreachableRegions());
  }

  /** Somebody calls a machine. */
  void called(Connection connection, byte[] message) {
    RoomNode callee = nodes[connection.callee()];
    Machine machine = world.machine(connection.callee());
    if (callee == null || machine.refusesStreams()) {
      if (machine.isPowered()) {
        connection.close(connection.callee(), true);
      }
      return;
    }
    callee.called(connection, message);
  }

  /** Something came to a client, or was counted. */
  void saw(RoomNode node, ReplicationOutput output) {
    // By its text: an enum's own hash differs from process to process.
    world.trace().add(world.events().now(), node.machine().number(), output.toString().hashCode());
    tell(() -> node.self() + " " + output);
  }

  /** Has everything told that is said about rooms, in words. */
  void listen(Consumer<String> other) {
    listener = other;
  }

  void tell(Supplier<String> what) {
    Consumer<String> told = listener;
    if (told != null) {
      told.accept(what.get());
    }
  }

  /** Counts what goes between regions, and whom requests are passed on to. */
  void sent(int from, int to, PeerMessage message, int bytes) {
    if (message instanceof PeerMessage.Forward forward) {
      String request = name(forward.request());
      TreeSet<Integer> owners = askedOf.computeIfAbsent(request, absent -> new TreeSet<>());
      owners.add(to);
      note(forward.request(), owners.size());
    }
    if (!world.topology().region(from).equals(world.topology().region(to))) {
      wanBytes.merge(message.getClass().getSimpleName(), (long) bytes, Long::sum);
    }
  }

  private static String name(RoomRequest request) {
    return request.session() + " " + request.id();
  }

  private void note(RoomRequest request, int owners) {
    int asked = asks.getOrDefault(name(request), 0);
    if (owners > 1 || (owners > 0 && asked > 1)) {
      passedOn.add(request.session());
    }
  }

  /** A session asks something of its node, perhaps again. */
  void asked(RoomRequest request) {
    asks.merge(name(request), 1, Integer::sum);
    note(request, askedOf.getOrDefault(name(request), NOBODY).size());
  }

  /**
   * Whether something that a session asked went to a second owner, or to one and again: the first
   * may have done it, and not have been heard of.
   */
  boolean wasPassedOn(String session) {
    return passedOn.contains(session);
  }

  /** What went between regions so far, in bytes, by the kind of message. */
  TreeMap<String, Long> wanBytes() {
    return new TreeMap<>(wanBytes);
  }

  /** Whether everybody who lives has a connection to everybody else who does. */
  boolean allConnected() {
    return unconnected().isEmpty();
  }

  /** Whether two nodes of different regions are connected. */
  boolean anyAcross() {
    List<RoomNode> running = nodes();
    return running.stream()
        .anyMatch(node ->
            running.stream()
                .anyMatch(other ->
                    !node.region().equals(other.region()) && node.isConnected(other.name())));
  }

  /** Who isn't connected to whom. */
  String unconnected() {
    StringBuilder text = new StringBuilder();
    for (RoomNode node : nodes()) {
      for (RoomNode other : nodes()) {
        if (node != other && !node.isConnected(other.name())) {
          text.append(node.self()).append(" not to ").append(other.self()).append("; ");
        }
      }
    }
    return text.toString();
  }
}
