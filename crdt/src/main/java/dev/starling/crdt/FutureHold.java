package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Deltas that were stamped in the future, until they are due: to clamp their stamps would make
 * replicas differ. What doesn't fit is dropped, since anti-entropy brings it again. Not
 * thread-safe.
 */
public final class FutureHold {
  /** What to do with a delta. */
  public enum Verdict {
    /** It is of the present: merge it. */
    DUE,
    /** It is kept, and {@link #due} gives it back. */
    HELD,
    /** It is too far ahead, or too many are held: it is dropped, to be counted. */
    REFUSED
  }

  private final int capacity;
  private final long farMillis;
  private final TreeMap<HybridTime, List<RoomDelta>> held = new TreeMap<>();
  private int size;

  /**
   * @param capacity how many are held
   * @param farMillis how far ahead a stamp may be, milliseconds
   */
  public FutureHold(int capacity, long farMillis) {
    this.capacity = capacity;
    this.farMillis = farMillis;
  }

  /** Looks at a delta that came in at a wall clock's time, milliseconds since 1970. */
  public Verdict offer(RoomDelta delta, long nowMillis) {
    HybridTime newest = delta.newest();
    if (!HybridClock.isAhead(newest, nowMillis)) {
      return Verdict.DUE;
    }
    List<RoomDelta> same = held.getOrDefault(newest, List.of());
    if (same.contains(delta)) {
      return Verdict.HELD;
    }
    if (newest.millis() - farMillis > nowMillis || size == capacity) {
      return Verdict.REFUSED;
    }
    held.computeIfAbsent(newest, absent -> new ArrayList<>()).add(delta);
    size++;
    return Verdict.HELD;
  }

  /** Gives back what is due by now, in the order of stamps. */
  public List<RoomDelta> due(long nowMillis) {
    List<RoomDelta> due = new ArrayList<>();
    while (!held.isEmpty() && !HybridClock.isAhead(held.firstKey(), nowMillis)) {
      due.addAll(held.pollFirstEntry().getValue());
    }
    size -= due.size();
    return due;
  }

  /** How many are held. */
  public int size() {
    return size;
  }
}
