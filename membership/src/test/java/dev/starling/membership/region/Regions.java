package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Regions of a few nodes each on a {@link HandNetwork}; node 2 of region east is "east-2". */
final class Regions {
  final HandNetwork network = new HandNetwork();
  private final SplittableRandom random;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /** One node. */
  record Node(String name, String region, TwoTierCore core, HandNetwork.Host host) {
    Status status(String other) {
      return core.facts().stream()
          .filter(fact -> fact.node().name().equals(other))
          .map(Fact::status)
          .findFirst()
          .orElseThrow();
    }

    /** How many it believes to live, itself included. */
    long living() {
      return core.facts().stream().filter(fact -> fact.status().isLive()).count();
    }
  }

  Regions(long seed) {
    random = new SplittableRandom(seed);
  }

  /** So many nodes in each region; all know only the very first node, and have found each other. */
  static Regions joined(long seed, int nodes, String... regions) {
    Regions built = new Regions(seed);
    for (String region : regions) {
      for (int i = 0; i < nodes; i++) {
        built.start(region, region + "-" + i, regions[0] + "-0");
      }
    }
    built.network.run(10 * HandNetwork.SECOND);
    return built;
  }

  Node start(String region, String name, String seed) {
    return start(region, name, "zone", seed);
  }

  Node start(String region, String name, String zone, String seed) {
    TwoTierCore core =
        new TwoTierCore(
            new NodeId(name, network.now()),
            HandNetwork.info(name, region, zone),
            SwimConfig.region(),
            SwimConfig.wan(),
            RegionConfig.standard(),
            random.split(),
            network.now());
    Node node = new Node(name, region, core, network.host(name, core::step));
    nodes.put(name, node);
    node.host().step(new SwimInput.Seek(List.of(new Endpoint(seed, HandNetwork.STREAM_PORT))));
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

  List<Node> in(String region) {
    return nodes.values().stream().filter(node -> node.region().equals(region)).toList();
  }

  List<Node> outside(String region) {
    List<Node> outside = new ArrayList<>(nodes.values());
    outside.removeAll(in(region));
    return outside;
  }

  /** Cuts a region off from all others, both ways. */
  void cutOff(String region) {
    for (Node inside : in(region)) {
      for (Node other : outside(region)) {
        network.cutBothWays(inside.name(), other.name());
      }
    }
  }

  void forgetWhatWasSaid() {
    nodes.values().forEach(node -> node.host().said().clear());
  }
}
