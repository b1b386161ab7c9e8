package dev.starling.core.replication;

import dev.starling.crdt.EffectLog;
import dev.starling.crdt.RoomState;

/**
 * A room as a node has it, to be read at once and not changed.
 *
 * @param owned whether this node keeps it as an owner, and not only for its own sessions
 * @param heldBytes about how many bytes it takes up, with whoever waits to be let in
 */
public record RoomReplica(RoomState state, EffectLog effects, boolean owned, long heldBytes) {}
