package dev.starling.core.replication;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.RoomDelta;

/** What a node's replication wants done, in order. */
public sealed interface ReplicationOutput {

  /** Send over the link to a node; only while it is open. */
  record Send(String peer, PeerMessage message) implements ReplicationOutput {}

  /**
   * Store in one atomic write, behind what was to be stored before; answered by {@link
   * ReplicationInput.Stored}.
   *
   * @param sequence increasing within the room
   */
  record Store(String room, long sequence, RoomDelta delta) implements ReplicationOutput {}

  /** This node keeps the room no longer: remove what was stored of it. */
  record Forget(String room) implements ReplicationOutput {}

  /** This node has nothing of the room any more, neither as an owner nor for its sessions. */
  record Closed(String room) implements ReplicationOutput {}

  /** Publish a new view; comes before the events that follow from it. */
  record Publish(RoomView view) implements ReplicationOutput {}

  /** Answer a session's request; id 0 for a snapshot. */
  record Answer(String room, String session, long id, ServerMessage message)
      implements ReplicationOutput {}

  /**
   * Answer what the application asked for by {@link ReplicationInput.Order}.
   *
   * @param ticket the order's
   */
  record Reported(long ticket, RoomReport report) implements ReplicationOutput {}

  /** Tell one session of this node what happened. */
  record Tell(String session, Event event) implements ReplicationOutput {}

  /** Something was dropped or refused, to be counted. */
  record Counted(Loss loss) implements ReplicationOutput {}

  /** Step with {@link ReplicationInput.Woken} at this time; a later one replaces it. */
  record WakeAt(long nanos) implements ReplicationOutput {}

  /** What was dropped or refused; whatever it was, anti-entropy brings it again. */
  enum Loss {
    /** A delta with dots that were never minted, or with too many gaps. */
    DELTA_REFUSED,
    /** A delta from the future was kept until it is due. */
    DELTA_HELD,
    /** A delta from too far in the future was dropped. */
    DELTA_TOO_EARLY,
    /** Two owners that had seen the same held different things: it is mended. */
    CORRUPT,
    /** A message about a room or shard that isn't this node's. */
    NOT_OURS,
    /** Too many repairs waited. */
    REPAIR_DROPPED,
    /** An operation was published although fewer owners hold it than should. */
    TOO_FEW_COPIES,
    /** Too many requests waited for an owner. */
    REQUEST_REFUSED,
    /** This node's clock ran ahead, so an operation was left to others. */
    CLOCK_AHEAD
  }
}
