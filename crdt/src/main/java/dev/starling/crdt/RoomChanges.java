package dev.starling.crdt;

import java.util.List;

/**
 * What a merge changed, as a member of the room would see it. Each session appears in at most one
 * of the first three lists; all are in an order that follows from the state alone.
 *
 * @param rehosted the sessions of {@code updated} that look as before: another node serves them
 */
public record RoomChanges(
    List<Member> joined,
    List<Member> updated,
    List<Member> left,
    List<String> settings,
    List<ChatMessage> chat,
    List<String> rehosted) {

  /** Whether nothing visible changed. */
  public boolean isEmpty() {
    return joined.isEmpty()
        && updated.isEmpty()
        && left.isEmpty()
        && settings.isEmpty()
        && chat.isEmpty();
  }
}
