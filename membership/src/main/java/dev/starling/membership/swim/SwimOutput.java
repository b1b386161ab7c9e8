package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import org.jspecify.annotations.Nullable;

/** What a node of a group wants done. */
public sealed interface SwimOutput {
  /** Send a packet; for a stream, {@code to} is the peer's stream endpoint. */
  record Send(Endpoint to, Channel channel, Packet packet) implements SwimOutput {}

  /**
   * Wake the core then; replaces the earlier deadline.
   *
   * @param nanos monotonic; {@link Long#MAX_VALUE} for not at all
   */
  record WakeAt(long nanos) implements SwimOutput {}

  /**
   * What is believed of a node changed.
   *
   * @param before what was believed, if anything
   * @param after what is believed now, with the node's info if that is known
   */
  record Changed(@Nullable Fact before, Fact after) implements SwimOutput {}

  /** The first node of the group answered, or there is nobody to ask. */
  record Joined() implements SwimOutput {}

  /** No seed answered so far; it is tried again. */
  record Unreached(int attempts) implements SwimOutput {}

  /**
   * An earlier life of this name had this generation or a later one, and this node wasn't known to
   * anybody yet: it takes a later one.
   */
  record Renamed(NodeId self) implements SwimOutput {}

  /** Somebody else lives under this name: stop serving, and start again as another. */
  record Fenced(NodeId newer) implements SwimOutput {}

  /**
   * This node was stalled for so long that others may think it dead: don't serve before {@link
   * Resynced}.
   */
  record Stalled(long nanos) implements SwimOutput {}

  /** After a stall, the group's table was seen again. */
  record Resynced() implements SwimOutput {}

  /** A peer answered on no way; unless it is known already, it is now suspected. */
  record ProbeFailed(NodeId peer) implements SwimOutput {}

  /** A peer lives and can't be reached directly; {@code via}, if known, reaches it. */
  record EdgeDegraded(NodeId peer, @Nullable NodeId via) implements SwimOutput {}

  /** The peer is reached directly again. */
  record EdgeRestored(NodeId peer) implements SwimOutput {}

  /** Whether a region can be reached changed, as the bridges of this region see it. */
  record RegionChanged(String region, boolean reachable) implements SwimOutput {}

  /** The goodbye was told to as many as it is going to be. */
  record Departed() implements SwimOutput {}

  /** A packet, or a part of one, was refused. */
  record Rejected(Reason reason) implements SwimOutput {}

  /** Why something was refused. */
  enum Reason {
    /** It belongs to another group. */
    OTHER_GROUP,
    /** It was meant for another node, or for another life of this one. */
    OTHER_TARGET,
    /** It says that it comes from this node itself. */
    FROM_SELF,
    /** It answers nothing that was asked. */
    UNASKED,
    /** The table is full, and the fact is about a node that isn't in it. */
    TABLE_FULL,
    /** A short fact about a node of which nothing is known. */
    UNKNOWN_NODE,
    /** More is under way for others than the bounds allow. */
    BUSY
  }
}
