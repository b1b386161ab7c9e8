package dev.starling.crdt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last deltas of a room in generations, to answer a peer's context with the shortest run of
 * them that makes up for what it lacks (after Phoenix.Tracker's delta generations; here one log, of
 * which any tail can be asked for, stands in for three sizes). Not thread-safe.
 */
public final class DeltaGenerations {
  /** How many elements a generation has before the next begins. */
  public static final int GENERATION = 100;

  private static final class Generation {
    /** What had been seen before it. */
    private final CausalContext since;

    private final List<RoomDelta> deltas = new ArrayList<>();
    private long size;

    Generation(CausalContext since) {
      this.since = since;
    }
  }

  private final long capacity;
  private final ArrayDeque<Generation> generations = new ArrayDeque<>();
  private long size;

  /**
   * @param capacity how many elements are kept, at least {@link #GENERATION}
   */
  public DeltaGenerations(long capacity) {
    if (capacity < GENERATION) {
      throw new IllegalArgumentException("capacity: " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * Takes in what is new here.
   *
   * @param before what had been seen before it
   */
  public void add(RoomDelta novel, CausalContext before) {
    Generation last = generations.peekLast();
    if (last == null || last.size >= GENERATION) {
      last = new Generation(before);
      generations.add(last);
    }
    last.deltas.add(novel);
    last.size += novel.size();
    size += novel.size();
    while (size > capacity) {
      size -= generations.removeFirst().size;
    }
  }

  /** What a peer lacks that has seen {@code theirs}; null where that is no longer here. */
  public @Nullable RoomDelta since(CausalContext theirs) {
    List<RoomDelta> missed = new ArrayList<>();
    Iterator<Generation> newestFirst = generations.descendingIterator();
    while (newestFirst.hasNext()) {
      Generation generation = newestFirst.next();
      missed.addAll(0, generation.deltas);
      if (theirs.covers(generation.since)) {
        return RoomDelta.join(missed);
      }
    }
    return null;
  }
}
