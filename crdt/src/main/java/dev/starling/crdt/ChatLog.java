package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of a room, at most {@code capacity}: the join is the union cut to the newest,
 * which is associative, commutative and idempotent because the order is total. Not thread-safe.
 */
public final class ChatLog {
  /** What a message costs beside its payload: records, names and its place, rounded up. */
  private static final int MESSAGE_BYTES = 256;

  private final int capacity;
  private final TreeSet<ChatMessage> messages = new TreeSet<>();
  private long heldBytes;

  /**
   * @param capacity how many messages are kept, at least 0
   */
  public ChatLog(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * Adds a message; false where it was there already or is older than everything that a full log
   * keeps.
   */
  public boolean add(ChatMessage message) {
    if (!messages.add(message)) {
      return false;
    }
    heldBytes += weight(message);
    return messages.size() <= capacity || !message.equals(dropEldest());
  }

  private ChatMessage dropEldest() {
    ChatMessage eldest = messages.removeFirst();
    heldBytes -= weight(eldest);
    return eldest;
  }

  private static int weight(ChatMessage message) {
    return MESSAGE_BYTES + message.data().bytes().length();
  }

  /** About how many bytes the messages take up. */
  public long heldBytes() {
    return heldBytes;
  }

  /** All kept messages, oldest first. */
  public List<ChatMessage> messages() {
    return new ArrayList<>(messages);
  }

  /** How many messages are kept. */
  public int size() {
    return messages.size();
  }

  /**
   * A page of history.
   *
   * @param before the id that the page ends before, or null for the newest page
   * @param limit how many messages at most, at least 1
   * @return oldest first; empty where {@code before} names no kept message
   */
  public Page page(@Nullable String before, int limit) {
    List<ChatMessage> page = new ArrayList<>();
    boolean inside = before == null;
    for (ChatMessage message : messages.descendingSet()) {
      if (inside && page.size() == limit) {
        return new Page(page.reversed(), true);
      }
      if (inside) {
        page.add(message);
      } else {
        inside = message.id().equals(before);
      }
    }
    return new Page(page.reversed(), false);
  }

  /**
   * Part of the history.
   *
   * @param messages oldest first
   * @param more whether older ones are kept
   */
  public record Page(List<ChatMessage> messages, boolean more) {}
}
