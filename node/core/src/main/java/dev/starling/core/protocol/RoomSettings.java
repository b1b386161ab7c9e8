package dev.starling.core.protocol;

import dev.starling.crdt.Content;
import java.util.List;

/**
 * How a room is set up, as members see it.
 *
 * @param limit how many members it takes
 * @param locked whether only moderators may enter
 * @param lobby whether members wait until a moderator lets them in
 * @param password whether members need one
 * @param residency the regions it is kept in; empty for all
 * @param metadata an object of the application's own
 */
public record RoomSettings(
    int limit,
    boolean locked,
    boolean lobby,
    boolean password,
    List<String> residency,
    Content metadata) {}
