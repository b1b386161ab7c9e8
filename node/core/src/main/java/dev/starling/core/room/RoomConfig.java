package dev.starling.core.room;

/**
 * The bounds of a room.
 *
 * @param maxMembers how many sessions it holds, at least 1
 * @param chatMessages how many messages it keeps, at least 0
 * @param joinChat how many of them a newcomer is sent, at least 0
 * @param vacantNanos how long an empty room keeps its chat and settings
 */
public record RoomConfig(int maxMembers, int chatMessages, int joinChat, long vacantNanos) {
  public RoomConfig {
    if (maxMembers < 1 || chatMessages < 0 || joinChat < 0 || vacantNanos < 0) {
      throw new IllegalArgumentException("a room has at least one place, and no negative bound");
    }
  }
}
