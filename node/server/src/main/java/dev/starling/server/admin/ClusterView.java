package dev.starling.server.admin;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/** What the service tells of; any thread. */
public interface ClusterView {
  /**
   * A node that lives.
   *
   * @param reachable whether nobody suspects it and its region can be reached
   */
  record Peer(NodeId id, NodeInfo info, boolean reachable) {}

  /** This life of the node that answers. */
  NodeId self();

  /** Whether it takes part in a ring. */
  boolean inARing();

  /** The nodes that live, this one included. */
  List<Peer> peers();

  /** What is believed of everybody that is remembered. */
  List<Fact> facts();

  /** The regions that can't be reached. */
  List<String> unreachable();

  /** How long the last direct round trip to each region took, where there was one. */
  CompletableFuture<SortedMap<String, Long>> roundTripNanos();

  /** Shows a node that is dead or has left to nobody any more; completes when this node does so. */
  CompletableFuture<Void> forget(String name);
}
