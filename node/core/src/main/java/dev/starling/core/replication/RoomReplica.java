package dev.starling.core.replication;

import dev.starling.crdt.EffectLog;
import dev.starling.crdt.RoomState;

/**
 * A room as a node has it, to be read at once and not changed.
 *
 * @param owned whether this node keeps it as an owner, and not only for its own sessions
 */
public record RoomReplica(RoomState state, EffectLog effects, boolean owned) {}
