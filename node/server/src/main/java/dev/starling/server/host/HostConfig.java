package dev.starling.server.host;

import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.route.RouteConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node's host needs to know.
 *
 * @param replica the node's name and generation
 * @param region the node's region
 * @param urls where clients reach it
 * @param session bounds of a session
 * @param room bounds of a room
 * @param route bounds of what is under way to another node
 * @param replication how rooms are shared with other nodes; null where this node is alone
 * @param helloNanos how long a client may take until its hello
 * @param maxSessions how many sessions the node holds, those without a connection included
 * @param maxRooms how many rooms the node holds
 * @param maxHeldBytes how much the node may hold for its clients
 * @param shares what one user and one address may have of it
 */
public record HostConfig(
    ReplicaId replica,
    String region,
    List<String> urls,
    SessionConfig session,
    RoomConfig room,
    RouteConfig route,
    @Nullable ReplicationConfig replication,
    long helloNanos,
    int maxSessions,
    int maxRooms,
    long maxHeldBytes,
    ShareConfig shares) {}
