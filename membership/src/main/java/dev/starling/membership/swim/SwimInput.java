package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import java.util.List;

/** What can happen to a node of a group. */
public sealed interface SwimInput {
  /** A deadline came, perhaps one that no longer matters. */
  record Wake() implements SwimInput {}

  /**
   * A packet came and was decoded.
   *
   * @param source where it came from, and where answers to a datagram go
   * @param channel how it came
   */
  record Received(Endpoint source, Channel channel, Packet packet) implements SwimInput {}

  /** A stream to a peer broke: reason enough to probe it at once. */
  record ConnectionBroken(NodeId peer) implements SwimInput {}

  /** A new stream to a peer was refused by its host: nobody listens there. */
  record ConnectionRefused(NodeId peer) implements SwimInput {}

  /** Where other nodes may be found; replaces what was given before. Streams are opened there. */
  record Seek(List<Endpoint> seeds) implements SwimInput {}

  /** Whoever was asked knows nobody of this group: this node is its first. */
  record BeFirst() implements SwimInput {}

  /** This node says something new of itself. */
  record Describe(NodeInfo info) implements SwimInput {}

  /**
   * Facts that an earlier life of this node wrote down: believed until somebody knows better, and
   * not spread.
   */
  record Remember(List<Fact> facts) implements SwimInput {}

  /** Facts from outside the group, about nodes of other regions. */
  record Carry(List<Fact> facts) implements SwimInput {}

  /**
   * What others outside believe of nodes of this group, perhaps from before everybody here started
   * again. An end counts as a suspicion by the teller: who lives refutes it, and is believed again.
   */
  record Consider(List<Fact> facts, NodeId teller) implements SwimInput {}

  /** An operator says that a node that is dead or has left will not come back. */
  record Forget(String name) implements SwimInput {}

  /** This node says goodbye. */
  record Leave() implements SwimInput {}
}
