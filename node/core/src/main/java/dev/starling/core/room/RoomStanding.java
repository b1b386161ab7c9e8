package dev.starling.core.room;

import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.crdt.RoomState;
import java.util.List;

/**
 * What a node has of a room, for operators; to be read at once and not changed.
 *
 * @param owned whether this node keeps it as an owner, and not only for its own sessions
 * @param serving whether this node takes operations of it
 * @param summary see {@link dev.starling.crdt.RoomDigest#summary}
 * @param outages the regions that can't be reached, of those that may have the room
 */
public record RoomStanding(
    RoomState state,
    RoomSettings settings,
    boolean owned,
    boolean serving,
    long summary,
    List<Outage> outages) {}
