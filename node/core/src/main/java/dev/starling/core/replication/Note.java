package dev.starling.core.replication;

import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.crdt.Dot;
import dev.starling.crdt.HybridTime;

/** What is known of an operation beside its delta: it travels along and is kept for a while. */
public sealed interface Note {
  /** The operation's first dot, or the one of a removal. */
  Dot dot();

  /**
   * A session asked for it.
   *
   * @param id of the request: asked again, it has no second effect
   * @param saidAt when a chat message was accepted; {@link HybridTime#ZERO} for anything else
   */
  record Asked(Dot dot, String session, long id, HybridTime saidAt) implements Note {}

  /** It took a session out of the room. */
  record Left(Dot dot, String session, LeaveReason reason) implements Note {}
}
