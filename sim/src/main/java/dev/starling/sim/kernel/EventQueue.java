package dev.starling.sim.kernel;

import java.util.Arrays;

/**
 * Virtual time and what is going to happen, ordered by time and then by the order of asking. A heap
 * of four children a node over plain arrays, since most of a simulation is spent here.
 */
public final class EventQueue {
  private static final int CHILDREN = 4;

  private long[] times = new long[1_024];
  private long[] sequences = new long[1_024];
  private Event[] events = new Event[1_024];
  private int size;
  private long sequence;
  private long nowNanos;
  private long happened;

  /** Virtual nanoseconds. */
  public long now() {
    return nowNanos;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** How many are still to come. */
  public int size() {
    return size;
  }

  /**
   * Lets something happen.
   *
   * @param nanos when; in the past counts as now
   */
  public void at(long nanos, Event event) {
    if (size == events.length) {
      grow();
    }
    int hole = size++;
    long time = Math.max(nanos, nowNanos);
    long number = sequence++;
    // A later number never goes before an equal time, so comparing times is enough on the way up.
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      if (times[parent] <= time) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, number, event);
  }

  /** Lets something happen after a while. */
  public void after(long nanos, Event event) {
    at(nowNanos + nanos, event);
  }

  /** Runs until that time, which is now afterwards; events of that very time included. */
  public void runUntil(long endNanos) {
    while (size > 0 && times[0] <= endNanos) {
      runNext();
    }
    nowNanos = Math.max(nowNanos, endNanos);
  }

  private void runNext() {
    nowNanos = times[0];
    Event event = events[0];
    removeFirst();
    happened++;
    event.happen();
  }

  @SuppressWarnings(
      "NullAway") // The slot behind the last event is emptied, so that nothing is kept alive.
  private void removeFirst() {
    size--;
    long time = times[size];
    long number = sequences[size];
    Event event = events[size];
    events[size] = null;
    if (size == 0) {
      return;
    }
    int hole = 0;
    int child = leastChild(hole);
    while (child != hole && isBefore(child, time, number)) {
      move(child, hole);
      hole = child;
      child = leastChild(hole);
    }
    put(hole, time, number, event);
  }

  /** The first of a node's children; the node itself when it has none. */
  private int leastChild(int parent) {
    int first = parent * CHILDREN + 1;
    if (first >= size) {
      return parent;
    }
    int least = first;
    int end = Math.min(first + CHILDREN, size);
    for (int child = first + 1; child < end; child++) {
      if (isBefore(child, times[least], sequences[least])) {
        least = child;
      }
    }
    return least;
  }

  private boolean isBefore(int index, long time, long number) {
    return times[index] < time || (times[index] == time && sequences[index] < number);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    events[to] = events[from];
  }

  private void put(int index, long time, long number, Event event) {
    times[index] = time;
    sequences[index] = number;
    events[index] = event;
  }

  private void grow() {
    int capacity = events.length * 2;
    times = Arrays.copyOf(times, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    events = Arrays.copyOf(events, capacity);
  }
}
