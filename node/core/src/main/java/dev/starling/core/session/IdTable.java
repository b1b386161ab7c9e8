package dev.starling.core.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by request id, in ascending order of the ids. Ids mostly come in order and go in order,
 * which is what this is fast at: no boxes, no entries, no hashing. Not thread-safe.
 */
final class IdTable<V> {
  private static final int SMALLEST = 4;
  private static final long[] NO_IDS = {};
  private static final @Nullable Object[] NO_VALUES = {};

  private long[] ids = NO_IDS;
  private @Nullable Object[] values = NO_VALUES;
  private int first;
  private int end;

  int size() {
    return end - first;
  }

  boolean isEmpty() {
    return first == end;
  }

  /** The value of an id, or null. */
  @Nullable V get(long id) {
    int at = find(id);
    return at < 0 ? null : valueIn(at);
  }

  /** Sets the value of an id and returns the one before, or null. */
  @Nullable V put(long id, V value) {
    int at = find(id);
    if (at >= 0) {
      V before = valueIn(at);
      values[at] = value;
      return before;
    }
    insert(-at - 1 - first, id, value);
    return null;
  }

  /** Removes an id and returns its value, or null where it has none. */
  @Nullable V remove(long id) {
    int at = find(id);
    if (at < 0) {
      return null;
    }
    V before = valueIn(at);
    removeAt(at - first);
    return before;
  }

  /** The id in a place, from 0 below {@link #size}. */
  long idAt(int place) {
    return ids[first + place];
  }

  /** The value in a place, from 0 below {@link #size}. */
  V valueAt(int place) {
    return valueIn(first + place);
  }

  /** Removes what is in a place; the places after it move up. */
  void removeAt(int place) {
    if (place == 0) {
      values[first++] = null;
    } else {
      int at = first + place;
      System.arraycopy(ids, at + 1, ids, at, end - at - 1);
      System.arraycopy(values, at + 1, values, at, end - at - 1);
      values[--end] = null;
    }
    if (first == end) {
      first = 0;
      end = 0;
    }
  }

  /** Where the id is in the arrays; where it isn't, minus one minus the place it would have. */
  private int find(long id) {
    if (first == end || id > ids[end - 1]) {
      return -end - 1;
    }
    return id == ids[end - 1] ? end - 1 : Arrays.binarySearch(ids, first, end, id);
  }

  private void insert(int place, long id, V value) {
    if (end == ids.length) {
      makeRoom();
    }
    int at = first + place;
    System.arraycopy(ids, at, ids, at + 1, end - at);
    System.arraycopy(values, at, values, at + 1, end - at);
    ids[at] = id;
    values[at] = value;
    end++;
  }

  /** Moves everything to the front, into larger arrays where these are more than half full. */
  private void makeRoom() {
    int size = size();
    int length = 2 * size < ids.length ? ids.length : Math.max(SMALLEST, 2 * size);
    long[] newIds = length == ids.length ? ids : new long[length];
    @Nullable Object[] newValues = length == ids.length ? values : new Object[length];
    System.arraycopy(ids, first, newIds, 0, size);
    System.arraycopy(values, first, newValues, 0, size);
    Arrays.fill(newValues, size, newValues.length, null);
    ids = newIds;
    values = newValues;
    first = 0;
    end = size;
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private V valueIn(int at) {
    return (V) values[at];
  }
}
