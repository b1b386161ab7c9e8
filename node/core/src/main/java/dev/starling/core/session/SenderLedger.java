package dev.starling.core.session;

import dev.starling.core.session.Relay.Fate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last id that was taken from each sender, and the ids that were refused before it: what makes
 * a repeat vanish, and keeps one that was never taken from counting as taken. A sender that hasn't
 * been heard of for as long as a session can be resumed has no repeat to send, and may be
 * forgotten. Not thread-safe.
 */
final class SenderLedger {
  /** An entry of the map, its name and its ids, rounded up. */
  private static final int SENDER_BYTES = 128;

  private static final int REFUSED_BYTES = 88;

  private final int capacity;
  private final long memoryNanos;
  private final int maxRefused;

  /** The longest silent one first; null as long as nobody has sent anything. */
  private @Nullable LinkedHashMap<String, Last> lastBySender;

  private int refusedIds;

  private static final class Last {
    private final long firstId;
    private long id;
    private long atNanos;
    private @Nullable TreeMap<Long, Fate> refused;

    private Last(long firstId, long id) {
      this.firstId = firstId;
      this.id = id;
    }
  }

  /**
   * @param capacity how many senders at most
   * @param memoryNanos how long a silent sender is remembered at least
   * @param maxRefused how many refused ids of one sender are remembered, the highest; as many as a
   *     sender knows of its requests, since it asks about no others
   */
  SenderLedger(int capacity, long memoryNanos, int maxRefused) {
    this.capacity = capacity;
    this.memoryNanos = memoryNanos;
    this.maxRefused = maxRefused;
  }

  /** About how many bytes it takes up. */
  long heldBytes() {
    return lastBySender == null
        ? 0
        : (long) lastBySender.size() * SENDER_BYTES + (long) refusedIds * REFUSED_BYTES;
  }

  /**
   * What became of an id: CONFIRMED stands for having been taken; null where it is new, so that
   * taking it keeps the order.
   */
  @Nullable Fate fate(String sender, long id) {
    Last last = lastOf(sender);
    if (last == null) {
      return null;
    }
    Fate refusal = last.refused == null ? null : last.refused.get(id);
    if (refusal != null) {
      return refusal;
    }
    if (id > last.id) {
      return null;
    }
    // From before the sender was known: whether it was taken then is forgotten, if it ever came.
    return id < last.firstId ? Fate.REFUSED : Fate.CONFIRMED;
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
    Last longestSilent = eldest.next();
    if (nowNanos - longestSilent.atNanos < memoryNanos) {
      return false;
    }
    forget(longestSilent);
    eldest.remove();
    return true;
  }

  private void forget(Last last) {
    refusedIds -= last.refused == null ? 0 : last.refused.size();
  }

  /** Notes that an id was taken. */
  void take(String sender, long id, long nowNanos) {
    Last last = last(sender, id, id);
    last.id = id;
    last.atNanos = nowNanos;
  }

  /** What is known of a sender, from now on at the latest. */
  private Last last(String sender, long firstId, long lastId) {
    if (lastBySender == null) {
      lastBySender = new LinkedHashMap<>(2, 0.75f, true);
    }
    return lastBySender.computeIfAbsent(sender, absent -> new Last(firstId, lastId));
  }

  /**
   * Notes that an id was not taken, or was given back, for a reason that its repeats are told too;
   * else they would be mistaken for ones that were taken in when a later id was, or be taken though
   * the sender knows them refused. Where there is no place for the sender nothing is noted.
   */
  void refuse(String sender, long id, Fate reason, long nowNanos) {
    if (!admits(sender, nowNanos)) {
      return;
    }
    Last last = last(sender, id, id - 1);
    last.atNanos = nowNanos;
    if (last.refused == null) {
      last.refused = new TreeMap<>();
    }
    refusedIds += last.refused.put(id, reason) == null ? 1 : 0;
    if (last.refused.size() > maxRefused) {
      last.refused.pollFirstEntry();
      refusedIds--;
    }
  }
}
