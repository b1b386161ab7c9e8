package dev.starling.core.protocol;

/**
 * A region that can't be reached: what a room shows of it may be old.
 *
 * @param sinceMillis when that was noticed here, milliseconds since 1970
 */
public record Outage(String region, long sinceMillis) {}
