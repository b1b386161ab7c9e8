package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomConfig;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomState;
import dev.starling.membership.Fact;
import dev.starling.membership.ring.Ring;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A cluster: nodes that believe what is so, a little later. */
final class World {
  static final RoomConfig ROOM = new RoomConfig(1_000, 64, 50, 3_600 * Timeline.SECOND);

  private final Timeline time = new Timeline();
  private final Links links;
  private final ReplicationConfig config;
  private final TreeMap<String, Node> nodes = new TreeMap<>();
  private final TreeSet<String> cutRegions = new TreeSet<>();
  private final TreeSet<String> takenForDead = new TreeSet<>();
  private final TreeMap<List<Fact>, ClusterView> views = new TreeMap<>(World::compareFacts);
  private long noticeNanos = 300 * Timeline.MILLI;
  private long lastSession;

  World(Choices choices) {
    this(choices, Node.usual(ROOM));
  }

  World(Choices choices, ReplicationConfig config) {
    this.links = new Links(this, choices);
    this.config = config;
  }

  private static int compareFacts(List<Fact> one, List<Fact> other) {
    return one.toString().compareTo(other.toString());
  }

  Timeline time() {
    return time;
  }

  Links links() {
    return links;
  }

  ReplicationConfig config() {
    return config;
  }

  void noticeNanos(long nanos) {
    noticeNanos = nanos;
  }

  /** Adds a region of nodes, in as many zones as there are, up to three. */
  World region(String region, int cores, int edges) {
    for (int i = 0; i < cores + edges; i++) {
      String name = region + "-" + (char) ('a' + i);
      nodes.put(name, new Node(this, name, region, "z" + i % 3, i < cores));
    }
    return this;
  }

  /** Starts every node and lets them find each other. */
  World start() {
    nodes.values().forEach(Node::start);
    noticeNow();
    connectAll();
    time.pass(Timeline.SECOND);
    return this;
  }

  Node node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  Collection<Node> nodes() {
    return nodes.values();
  }

  List<Node> living() {
    return nodes.values().stream().filter(Node::lives).toList();
  }

  Session session(String node) {
    return node(node).open("s" + (100 + ++lastSession), false);
  }

  Session moderator(String node) {
    return node(node).open("m" + (100 + ++lastSession), true);
  }

  void send(Node from, String to, PeerMessage message) {
    links.send(from, node(to), message);
  }

  void pass(long nanos) {
    time.pass(nanos);
  }

  void kill(String name, boolean keepDisk) {
    Node node = node(name);
    node.kill(keepDisk);
    for (Node other : nodes.values()) {
      links.breakUp(node, other);
    }
    time.after(noticeNanos, this::noticeNow);
  }

  void restart(String name) {
    node(name).start();
    came(name);
  }

  void restartWithoutDisk(String name) {
    node(name).startWithoutDisk();
    came(name);
  }

  private void came(String name) {
    Node node = node(name);
    node.view(viewOf(node));
    for (Node other : nodes.values()) {
      links.connect(node, other);
    }
    time.after(noticeNanos, this::noticeNow);
  }

  /** A node starts and sees nobody but itself at first. */
  void restartAlone(String name, long aloneNanos) {
    Node node = node(name);
    node.start();
    node.view(ClusterView.of(List.of(node.fact()), List.of()));
    time.after(
        aloneNanos,
        () -> {
          noticeNow();
          nodes.values().forEach(other -> links.connect(node, other));
        });
  }

  /** Everybody else believes for a while that a node is dead, which it isn't. */
  void misjudge(String name, long nanos) {
    for (Node other : living()) {
      if (!other.name().equals(name)) {
        ClusterView seen = viewOf(other);
        TreeMap<String, ClusterView.Node> known = new TreeMap<>(seen.nodes());
        ClusterView.Node of = Objects.requireNonNull(known.get(name));
        known.put(name, new ClusterView.Node(of.life(), of.region(), of.zone(), false, of.urls()));
        other.view(new ClusterView(known, seen.ring(), seen.unreachable()));
      }
    }
    time.after(nanos, this::noticeNow);
  }

  /** Nodes own nothing while they drain. */
  void drain(String name, boolean now) {
    node(name).draining(now);
    time.after(noticeNanos, this::noticeNow);
  }

  /** Cuts a region off from all others. */
  void cutRegion(String region) {
    cutRegions.add(region);
    acrossTo(region, links::cut);
    time.after(4 * Timeline.SECOND, this::noticeNow);
  }

  void mendRegion(String region) {
    cutRegions.remove(region);
    acrossTo(region, links::mend);
    time.after(noticeNanos, this::noticeNow);
  }

  private void acrossTo(String region, java.util.function.BiConsumer<Node, Node> change) {
    for (Node one : nodes.values()) {
      for (Node other : nodes.values()) {
        if (one.region().equals(region) && !other.region().equals(region)) {
          change.accept(one, other);
        }
      }
    }
  }

  /** Everybody takes a node for dead that lives, or no longer. */
  void takeForDead(String name, boolean now) {
    boolean changed = now ? takenForDead.add(name) : takenForDead.remove(name);
    if (changed) {
      noticeNow();
    }
  }

  /** Everybody believes what is so. */
  void noticeNow() {
    living().forEach(node -> node.view(viewOf(node)));
  }

  private void connectAll() {
    for (Node one : nodes.values()) {
      for (Node other : nodes.values()) {
        if (one.name().compareTo(other.name()) < 0) {
          links.connect(one, other);
        }
      }
    }
  }

  private ClusterView viewOf(Node at) {
    List<Fact> facts = new ArrayList<>();
    TreeSet<String> unreachable = new TreeSet<>();
    for (Node node : nodes.values()) {
      if (node.life().generation() == 0) {
        continue;
      }
      facts.add(node.fact());
      boolean cut = cutRegions.contains(node.region()) || cutRegions.contains(at.region());
      if (cut && !node.region().equals(at.region())) {
        unreachable.add(node.region());
      }
    }
    ClusterView known = views.computeIfAbsent(facts, same -> ClusterView.of(same, List.of()));
    return new ClusterView(known.nodes(), known.ring(), List.copyOf(unreachable));
  }

  boolean isTakenForDead(String name) {
    return takenForDead.contains(name);
  }

  /** The owners of a room that live. */
  List<Node> owners(String room) {
    List<Node> owners = new ArrayList<>();
    Node any = living().getFirst();
    Ring ring = viewOf(any).ring();
    for (String region : ring.regions()) {
      ring.owners(Ring.shardOf(room), region).forEach(name -> owners.add(node(name)));
    }
    return owners;
  }

  /** A name of a room whose first owner in a region is the given node. */
  String roomOf(String owner) {
    Ring ring = viewOf(node(owner)).ring();
    for (int i = 0; ; i++) {
      String room = "room-" + i;
      if (ring.owners(Ring.shardOf(room), node(owner).region()).getFirst().equals(owner)) {
        return room;
      }
    }
  }

  RoomState state(Node node, String room) {
    RoomReplica replica = node.replica(room);
    assertNotNull(replica, () -> node.name() + " hasn't " + room);
    return replica.state();
  }

  /** All owners of a room are equal, and every member knows just who is in it. */
  void checkEqual(String room) {
    @Nullable RoomState first = null;
    for (Node owner : owners(room)) {
      RoomReplica replica = owner.replica(room);
      if (replica == null && first == null) {
        continue;
      }
      RoomState state = state(owner, room);
      if (first == null) {
        first = state;
      }
      assertEquals(first.full(), state.full(), () -> "replicas of " + room + " differ");
    }
    List<String> expected =
        first == null ? List.of() : first.members().stream().map(Member::session).toList();
    for (Node node : living()) {
      for (Session session : node.sessions().values()) {
        TreeSet<String> believed = session.members(room);
        if (believed != null) {
          assertEquals(
              expected, new ArrayList<>(believed), () -> session.id() + " of " + node.name());
          assertEquals(expected, node.viewOf(room).sessions());
        }
      }
    }
  }
}
