package dev.starling.core.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last id that was taken from each sender: what makes a repeat vanish. A sender that hasn't
 * been heard of for as long as a session can be resumed has no repeat to send, and may be
 * forgotten. Not thread-safe.
 */
final class SenderLedger {
  /** An entry of the map, its name and its ids, rounded up. */
  private static final int SENDER_BYTES = 128;

  private final int capacity;
  private final long memoryNanos;

  /** The longest silent one first; null as long as nobody has sent anything. */
  private @Nullable LinkedHashMap<String, Last> lastBySender;

  private static final class Last {
    private long id;
    private long atNanos;
  }

  /**
   * @param capacity how many senders at most
   * @param memoryNanos how long a silent sender is remembered at least
   */
  SenderLedger(int capacity, long memoryNanos) {
    this.capacity = capacity;
    this.memoryNanos = memoryNanos;
  }

  /** About how many bytes it takes up. */
  long heldBytes() {
    return lastBySender == null ? 0 : (long) lastBySender.size() * SENDER_BYTES;
  }

  /** Whether this id, or a later one, was taken from the sender. */
  boolean has(String sender, long id) {
    Last last = lastOf(sender);
    return last != null && id <= last.id;
  }

  private @Nullable Last lastOf(String sender) {
    return lastBySender == null ? null : lastBySender.get(sender);
  }

  /**
   * Whether there is a place for the sender; makes one by forgetting whoever has been silent long
   * enough.
   */
  boolean admits(String sender, long nowNanos) {
    if (lastBySender == null
        || lastBySender.size() < capacity
        || lastBySender.containsKey(sender)) {
      return true;
    }
    Iterator<Last> eldest = lastBySender.values().iterator();
    if (nowNanos - eldest.next().atNanos < memoryNanos) {
      return false;
    }
    eldest.remove();
    return true;
  }

  /** Notes that an id was taken. */
  void take(String sender, long id, long nowNanos) {
    if (lastBySender == null) {
      lastBySender = new LinkedHashMap<>(2, 0.75f, true);
    }
    Last last = lastBySender.computeIfAbsent(sender, absent -> new Last());
    last.id = id;
    last.atNanos = nowNanos;
  }

  /**
   * Takes an id back that was withdrawn, so that a repeat of it isn't mistaken for one that was
   * taken in.
   */
  void giveBack(String sender, long id) {
    Last last = lastOf(sender);
    if (last != null && last.id == id) {
      last.id = id - 1;
    }
  }
}
