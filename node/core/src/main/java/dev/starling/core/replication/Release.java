package dev.starling.core.replication;

import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.RoomChanges;
import java.util.List;

/**
 * What is to be shown once it can't be lost any more, in the order in which it happened.
 *
 * @param dots what must be held
 * @param copies whether by other owners too, since it was made here
 * @param sequence what must be stored here
 * @param sinceNanos when it happened
 * @param change for those who follow the room
 * @param seen the room's context after it
 * @param shown what is shown here
 */
record Release(
    CausalContext dots,
    boolean copies,
    long sequence,
    long sinceNanos,
    Change change,
    CausalContext seen,
    Shown shown) {

  /** What is shown on this node, and answered. */
  sealed interface Shown {
    /** What an operation of this node did. */
    record Operated(List<RoomEffect> effects, Origin origin) implements Shown {}

    /** What came from elsewhere. */
    record Learnt(RoomChanges changes) implements Shown {}
  }

  /**
   * Who asked.
   *
   * @param peer the node that passed it on; empty for this one
   * @param ticket that node's number for it
   * @param session whose request it is; empty for nobody's
   * @param id of the request
   */
  record Origin(String peer, long ticket, String session, long id) {
    static final Origin NOBODY = new Origin("", 0, "", 0);

    /** A session of this node asks. */
    static Origin here(RoomRequest request) {
      return new Origin("", 0, request.session(), request.id());
    }

    boolean isHere() {
      return peer.isEmpty();
    }
  }
}
