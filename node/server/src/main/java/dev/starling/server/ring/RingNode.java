package dev.starling.server.ring;

import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;

/**
 * A node that takes part in the ring.
 *
 * @param id its present life
 * @param info what it says of itself
 * @param reachable whether nobody suspects it and its region can be reached from here
 */
public record RingNode(NodeId id, NodeInfo info, boolean reachable) {}
