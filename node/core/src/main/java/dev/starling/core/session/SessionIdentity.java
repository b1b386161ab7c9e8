package dev.starling.core.session;

import dev.starling.crdt.ReplicaId;
import java.util.List;

/**
 * Who serves whom: what a session knows of itself and its node.
 *
 * @param session the session's public id
 * @param host the life of the node that serves it
 * @param region the host's region
 * @param urls where clients reach the cluster
 * @param epoch which hosting of the session this is
 */
public record SessionIdentity(
    String session, ReplicaId host, String region, List<String> urls, long epoch) {}
