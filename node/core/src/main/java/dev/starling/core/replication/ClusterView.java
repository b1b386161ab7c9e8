package dev.starling.core.replication;

import dev.starling.crdt.ReplicaId;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.ring.Ring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node believes of the cluster. Immutable.
 *
 * @param nodes everybody that it knows, by name
 * @param ring who owns what
 * @param unreachable the regions that can't be reached: their nodes are as they were
 */
public record ClusterView(SortedMap<String, Node> nodes, Ring ring, List<String> unreachable) {

  /**
   * A node.
   *
   * @param life its newest life
   * @param region where it is; empty where that isn't known any more
   * @param zone its failure domain
   * @param live whether it lives, as far as is known
   * @param urls where clients reach it
   */
  public record Node(ReplicaId life, String region, String zone, boolean live, List<String> urls) {}

  /** Whether a life of a node is over, goes on, or isn't heard of. */
  public enum Vital {
    LIVING,
    OVER,
    UNKNOWN
  }

  public ClusterView {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    unreachable = List.copyOf(unreachable);
  }

  /** The view that a node's facts make up. */
  public static ClusterView of(Collection<Fact> facts, List<String> unreachable) {
    TreeMap<String, Node> nodes = new TreeMap<>();
    for (Fact fact : facts) {
      NodeInfo info = fact.info();
      ReplicaId life = new ReplicaId(fact.node().name(), fact.node().generation());
      boolean live = fact.status().isLive();
      nodes.put(
          life.node(),
          info == null
              ? new Node(life, "", "", live, List.of())
              : new Node(life, info.region(), info.zone(), live, info.urls()));
    }
    return new ClusterView(nodes, Ring.of(facts), unreachable);
  }

  /** What has become of a life of a node. */
  public Vital vital(ReplicaId life) {
    Node node = nodes.get(life.node());
    if (node == null || node.life().generation() < life.generation()) {
      return Vital.UNKNOWN;
    }
    boolean same = node.life().generation() == life.generation();
    return same && node.live() ? Vital.LIVING : Vital.OVER;
  }

  /** The region of a node; empty where it isn't known. */
  public String regionOf(String name) {
    Node node = nodes.get(name);
    return node == null ? "" : node.region();
  }

  /** The zone of a node; empty where it isn't known. */
  public String zoneOf(String name) {
    Node node = nodes.get(name);
    return node == null ? "" : node.zone();
  }

  /** The newest life of a node, or null where nobody of that name is known. */
  public @Nullable ReplicaId lifeOf(String name) {
    Node node = nodes.get(name);
    return node == null ? null : node.life();
  }

  /** Where clients reach the nodes of those of some regions that can be reached; a few. */
  public List<String> urlsIn(List<String> regions) {
    List<String> urls = new ArrayList<>();
    for (Node node : nodes.values()) {
      boolean reached = node.live() && !unreachable.contains(node.region());
      if (reached && regions.contains(node.region())) {
        urls.addAll(node.urls());
      }
    }
    return urls.subList(0, Math.min(urls.size(), NodeInfo.MAX_URLS * NodeInfo.MAX_UNREACHABLE));
  }
}
