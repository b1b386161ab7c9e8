package dev.starling.server.edge.api;

import java.util.List;

/**
 * What the API needs to know.
 *
 * @param region the node's region
 * @param urls where clients reach that region
 * @param jsonDepth how deep a body may be nested
 * @param metadataBytes the largest metadata of a room
 * @param requestsPerSecond how many requests that need a key are taken
 */
public record ApiConfig(
    String region, List<String> urls, int jsonDepth, int metadataBytes, int requestsPerSecond) {}
