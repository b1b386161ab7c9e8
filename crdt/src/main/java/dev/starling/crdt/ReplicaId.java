package dev.starling.crdt;

import java.util.Comparator;

/**
 * One life of one node: the generation is new at every start, so that a restart is a new replica
 * and no dot is ever minted twice.
 *
 * @param node the node's name, unique in the cluster
 * @param generation hybrid time of the start, above every earlier generation of the same name
 */
public record ReplicaId(String node, long generation) implements Comparable<ReplicaId> {
  private static final Comparator<ReplicaId> ORDER =
      Comparator.comparing(ReplicaId::node).thenComparingLong(ReplicaId::generation);

  @Override
  public int compareTo(ReplicaId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return node + "@" + generation;
  }
}
