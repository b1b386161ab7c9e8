package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Nodes of one group on a {@link HandNetwork}. */
final class SmallGroup {
  static final long MILLI = HandNetwork.MILLI;
  static final long SECOND = HandNetwork.SECOND;
  static final String REGION = "north";

  final HandNetwork network = new HandNetwork();
  private final SwimConfig config;
  private final SplittableRandom random;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /** One node. */
  record Node(String name, SwimCore core, HandNetwork.Host host) {
    void step(SwimInput input) {
      host.step(input);
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
      return host.said(kind);
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
    group.network.run(5 * SECOND);
    return group;
  }

  Node start(String name) {
    return start(name, network.now(), "a");
  }

  Node start(String name, long generation, String zone) {
    SwimCore core =
        new SwimCore(
            Group.ofRegion(REGION),
            new NodeId(name, generation),
            HandNetwork.info(name, REGION, zone),
            config,
            random.split(),
            network.now());
    Node node = new Node(name, core, network.host(name, core::step));
    nodes.put(name, node);
    node.step(new SwimInput.Seek(List.of(new Endpoint("n0", HandNetwork.STREAM_PORT))));
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

  void run(long nanos) {
    network.run(nanos);
  }

  void kill(String name) {
    node(name).host().kill();
  }

  void forgetWhatWasSaid() {
    nodes.values().forEach(node -> node.host().said().clear());
  }
}
