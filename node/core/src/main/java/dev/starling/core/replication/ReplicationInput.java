package dev.starling.core.replication;

import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDelta;
import java.util.List;

/** What a node's replication is told. */
public sealed interface ReplicationInput {

  /** The view of the cluster has changed; the first input but for what was stored. */
  record ViewChanged(ClusterView view) implements ReplicationInput {}

  /** A link to a life of a node is open, in place of any other to that name. */
  record Connected(ReplicaId peer) implements ReplicationInput {}

  /** The link to a node is gone, with what was not received. */
  record Disconnected(String peer) implements ReplicationInput {}

  /** A node takes no more for now: flow control. Answers still go out. */
  record Blocked(String peer) implements ReplicationInput {}

  /** A node takes more again. */
  record Ready(String peer) implements ReplicationInput {}

  /** A message came in over the open link to a node. */
  record Received(String peer, PeerMessage message) implements ReplicationInput {}

  /** A room that was stored in an earlier life of this node; best before the first view. */
  record Restored(String room, RoomDelta all) implements ReplicationInput {}

  /** Everything of a room up to a sequence number is stored. */
  record Stored(String room, long sequence) implements ReplicationInput {}

  /**
   * A session of this node asks.
   *
   * @param residency the regions that its token pins the room to; empty for all
   */
  record Ask(String room, RoomRequest request, List<String> residency)
      implements ReplicationInput {}

  /**
   * The application asks at this node, which passes on what it doesn't serve; answered once by
   * {@link ReplicationOutput.Reported}, after a change only when it can't be lost any more.
   *
   * @param ticket the caller's number for it
   * @param opens whether the room must not be there yet, rather than must be there
   */
  record Order(String room, long ticket, RoomOrder order, boolean opens)
      implements ReplicationInput {}

  /** Time has passed. */
  record Woken() implements ReplicationInput {}
}
