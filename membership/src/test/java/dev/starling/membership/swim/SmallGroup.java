package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A handful of nodes on virtual time, with every packet delivered after a millisecond unless the
 * test cuts the way. The full network, with loss, clocks and faults by seed, is the simulator's.
 */
final class SmallGroup {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  static final String REGION = "north";

  private final SwimConfig config;
  private final SplittableRandom random;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
  private final Set<String> cuts = new TreeSet<>();
  private long sequence;
  private long nowNanos = SECOND;

  private record Event(long atNanos, long sequence, Runnable action) {}

  /** One node and all it ever put out, sends and wakes apart. */
  final class Node {
    final String name;
    SwimCore core;
    final List<SwimOutput> said = new ArrayList<>();
    private long wakeAtNanos = Long.MAX_VALUE;
    private long pausedUntilNanos;
    private boolean up = true;

    Node(String name, long generation, String zone) {
      this.name = name;
      this.core = newCore(name, generation, zone);
    }

    void step(SwimInput input) {
      if (!up) {
        return;
      }
      if (nowNanos < pausedUntilNanos) {
        at(pausedUntilNanos, () -> step(input));
      } else {
        core.step(input, nowNanos, this::take);
      }
    }

    /** What this node believes of another that it knows. */
    Fact belief(String other) {
      return core.facts().stream()
          .filter(fact -> fact.node().name().equals(other))
          .findFirst()
          .orElseThrow();
    }

    Status status(String other) {
      return belief(other).status();
    }

    <T extends SwimOutput> List<T> said(Class<T> kind) {
      return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void take(SwimOutput output) {
      switch (output) {
        case SwimOutput.Send send -> deliver(this, send);
        case SwimOutput.WakeAt wake -> {
          wakeAtNanos = wake.nanos();
          at(wake.nanos(), this::wake);
        }
        default -> said.add(output);
      }
    }

    private void wake() {
      if (wakeAtNanos <= nowNanos) {
        step(new SwimInput.Wake());
      }
    }
  }

  SmallGroup(SwimConfig config, long seed) {
    this.config = config;
    this.random = new SplittableRandom(seed);
  }

  /** Nodes n0, n1, … that know n0 as their seed, and have found each other. */
  static SmallGroup joined(int count, SwimConfig config, long seed) {
    SmallGroup group = new SmallGroup(config, seed);
    for (int i = 0; i < count; i++) {
      group.start("n" + i);
    }
    group.run(5 * SECOND);
    return group;
  }

  Node start(String name) {
    return start(name, nowNanos, "a");
  }

  Node start(String name, long generation, String zone) {
    Node node = new Node(name, generation, zone);
    nodes.put(name, node);
    node.step(new SwimInput.Seek(List.of(new Endpoint("n0", 2))));
    return node;
  }

  Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node " + name);
    }
    return node;
  }

  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  List<Node> othersThan(String name) {
    return nodes.values().stream().filter(node -> !node.name.equals(name)).toList();
  }

  long now() {
    return nowNanos;
  }

  void kill(String name) {
    node(name).up = false;
  }

  /** Everything that comes to a node meanwhile waits. */
  void pause(String name, long nanos) {
    node(name).pausedUntilNanos = nowNanos + nanos;
  }

  /** Nothing gets from one node to the other any more; the way back stays open. */
  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  void cutBothWays(String one, String other) {
    cut(one, other);
    cut(other, one);
  }

  void mendAll() {
    cuts.clear();
  }

  void run(long nanos) {
    long end = nowNanos + nanos;
    while (!events.isEmpty() && events.peek().atNanos() <= end) {
      Event event = events.remove();
      nowNanos = event.atNanos();
      event.action().run();
    }
    nowNanos = end;
  }

  static NodeInfo info(String host, String zone) {
    return new NodeInfo(
        new Endpoint(host, 1),
        new Endpoint(host, 2),
        REGION,
        zone,
        Set.of(NodeRole.CORE),
        0,
        false,
        new VersionRange(1, 1),
        List.of());
  }

  private SwimCore newCore(String name, long generation, String zone) {
    return new SwimCore(
        Group.ofRegion(REGION),
        new NodeId(name, generation),
        info(name, zone),
        config,
        random.split(),
        nowNanos);
  }

  private void deliver(Node from, SwimOutput.Send send) {
    String to = send.to().host();
    if (nodes.containsKey(to) && !cuts.contains(from.name + ">" + to)) {
      int port = send.channel() == Channel.DATAGRAM ? 1 : 2;
      SwimInput input =
          new SwimInput.Received(new Endpoint(from.name, port), send.channel(), send.packet());
      at(nowNanos + MILLI, () -> node(to).step(input));
    }
  }

  private void at(long nanos, Runnable action) {
    events.add(new Event(nanos, sequence++, action));
  }
}
