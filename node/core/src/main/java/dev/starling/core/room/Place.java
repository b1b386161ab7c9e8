package dev.starling.core.room;

/**
 * Where a session is served.
 *
 * @param node its host's name
 * @param epoch which hosting of the session this is; of two places the one with the higher epoch
 *     counts
 */
public record Place(String node, long epoch) {}
