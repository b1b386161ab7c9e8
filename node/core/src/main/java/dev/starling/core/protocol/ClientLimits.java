package dev.starling.core.protocol;

/**
 * The limits a client is told of.
 *
 * @param messageBytes the largest message, in bytes of its frame
 * @param roomsPerSession how many rooms a session may be in
 * @param membersPerRoom how many members a room may have
 * @param chatBytes the largest chat payload
 * @param profileBytes the largest profile
 */
public record ClientLimits(
    int messageBytes, int roomsPerSession, int membersPerRoom, int chatBytes, int profileBytes) {}
