package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import java.util.List;

/**
 * What travels between two nodes of a group.
 *
 * @param group the name of the group; other groups' packets are refused
 * @param from the sender
 * @param message what it wants
 * @param facts what it believes, to be learnt before the message is looked at
 */
public record Packet(String group, NodeId from, SwimMessage message, List<Fact> facts) {}
