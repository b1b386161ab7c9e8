package dev.starling.server.ring;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import java.util.List;

/**
 * What this node knows of the ring; immutable.
 *
 * @param self this life of this node
 * @param members everybody that it knows, itself included
 * @param joined whether a node of its group answered, or it is its group's first
 * @param seedAttempts how often seeds were called without an answer since one last answered
 * @param unreachable the regions that can't be reached
 * @param stalled whether it stood still, and what it knows may be old
 * @param fenced whether another node lives under its name
 */
public record RingView(
    NodeId self,
    List<Fact> members,
    boolean joined,
    int seedAttempts,
    List<String> unreachable,
    boolean stalled,
    boolean fenced) {
  public RingView {
    members = List.copyOf(members);
    unreachable = List.copyOf(unreachable);
  }
}
