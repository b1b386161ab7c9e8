package dev.starling.membership;

import java.util.Comparator;

/**
 * One life of one node: the generation is new at every start, so a restart is another node under
 * the same name, and replaces the older one wherever it is seen.
 *
 * @param name unique in the cluster; 1 to {@value #MAX_NAME} letters, digits, dots, underscores and
 *     hyphens
 * @param generation hybrid time of the start, above every earlier generation of the same name
 */
public record NodeId(String name, long generation) implements Comparable<NodeId> {
  /** The longest name, in characters, which are as many bytes. */
  public static final int MAX_NAME = 63;

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::name).thenComparingLong(NodeId::generation);

  public NodeId {
    Text.requireToken("name", name, MAX_NAME);
    if (generation < 0) {
      throw new IllegalArgumentException("negative generation: " + generation);
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return name + "@" + generation;
  }
}
