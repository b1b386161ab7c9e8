package dev.starling.core.session;

import java.util.List;

/**
 * Who serves whom: what a session knows of itself and its node.
 *
 * @param session the session's public id
 * @param node the host's name
 * @param region the host's region
 * @param urls where clients reach the cluster
 * @param epoch which hosting of the session this is
 */
public record SessionIdentity(
    String session, String node, String region, List<String> urls, long epoch) {}
