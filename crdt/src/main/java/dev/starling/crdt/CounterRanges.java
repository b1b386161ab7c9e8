package dev.starling.crdt;

import java.util.Arrays;

/**
 * A set of counters of one replica as sorted, disjoint ranges that don't touch: first, last, first,
 * last and so on. Immutable; equal sets have equal arrays.
 */
final class CounterRanges {
  static final CounterRanges EMPTY = new CounterRanges(new long[0]);

  private final long[] bounds;

  private CounterRanges(long[] bounds) {
    this.bounds = bounds;
  }

  static CounterRanges of(long first, long last) {
    return new CounterRanges(new long[] {first, last});
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  int count() {
    return bounds.length / 2;
  }

  long first(int range) {
    return bounds[2 * range];
  }

  long last(int range) {
    return bounds[2 * range + 1];
  }

  /** The highest counter; 0 where there is none. */
  long highest() {
    return isEmpty() ? 0 : bounds[bounds.length - 1];
  }

  boolean contains(long counter) {
    int at = Arrays.binarySearch(bounds, counter);
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  CounterRanges union(CounterRanges other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    Draft draft = new Draft(bounds.length + other.bounds.length);
    int mine = 0;
    int theirs = 0;
    while (mine < count() || theirs < other.count()) {
      boolean takeMine =
          theirs == other.count() || (mine < count() && first(mine) <= other.first(theirs));
      if (takeMine) {
        draft.join(first(mine), last(mine));
        mine++;
      } else {
        draft.join(other.first(theirs), other.last(theirs));
        theirs++;
      }
    }
    return draft.ranges();
  }

  CounterRanges minus(CounterRanges other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    Draft draft = new Draft(bounds.length + other.bounds.length);
    int theirs = 0;
    for (int mine = 0; mine < count(); mine++) {
      long from = first(mine);
      while (theirs < other.count() && other.last(theirs) < from) {
        theirs++;
      }
      // The last of these may reach into the next range too, so it is looked at again there.
      for (int t = theirs; t < other.count() && other.first(t) <= last(mine); t++) {
        draft.join(from, other.first(t) - 1);
        from = other.last(t) + 1;
      }
      draft.join(from, last(mine));
    }
    return draft.ranges();
  }

  boolean covers(CounterRanges other) {
    int mine = 0;
    for (int theirs = 0; theirs < other.count(); theirs++) {
      while (mine < count() && last(mine) < other.first(theirs)) {
        mine++;
      }
      if (mine == count() || first(mine) > other.first(theirs) || last(mine) < other.last(theirs)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CounterRanges that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int range = 0; range < count(); range++) {
      text.append(range == 0 ? "" : ",").append(first(range));
      if (last(range) > first(range)) {
        text.append('-').append(last(range));
      }
    }
    return text.toString();
  }

  /** Ranges that arrive in the order of where they begin. */
  private static final class Draft {
    private final long[] bounds;
    private int length;

    Draft(int most) {
      bounds = new long[most];
    }

    void join(long first, long last) {
      if (first > last) {
        return;
      }
      if (length > 0 && first <= bounds[length - 1] + 1) {
        bounds[length - 1] = Math.max(bounds[length - 1], last);
      } else {
        bounds[length++] = first;
        bounds[length++] = last;
      }
    }

    CounterRanges ranges() {
      return length == 0 ? EMPTY : new CounterRanges(Arrays.copyOf(bounds, length));
    }
  }
}
