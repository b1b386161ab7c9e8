package dev.starling.core.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Virtual time: what is due happens in order of time, and in order of arrival at the same time. */
final class Timeline {
  static final long MILLIS = 1_000_000;
  static final long SECONDS = 1_000 * MILLIS;

  /** As a monotonic clock may: it starts anywhere, below zero too. */
  private static final long START_NANOS = -7 * SECONDS - 123;

  private static final long EPOCH_MILLIS = 1_750_000_000_000L;

  /** More than any test needs; a world that never comes to rest is a fault. */
  private static final int MOST_TASKS = 2_000_000;

  private record Task(long atNanos, long number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::number));
  private final List<String> trace = new ArrayList<>();
  private long nowNanos = START_NANOS;
  private long taken;

  long nowNanos() {
    return nowNanos;
  }

  long epochMillis() {
    return EPOCH_MILLIS + (nowNanos - START_NANOS) / MILLIS;
  }

  /** Runs the action at a time, or now where that has passed. */
  void at(long nanos, Runnable action) {
    if (++taken > MOST_TASKS) {
      throw new AssertionError("no rest after " + taken + " tasks");
    }
    tasks.add(new Task(Math.max(nanos, nowNanos), taken, action));
  }

  void soon(Runnable action) {
    at(nowNanos, action);
  }

  /** Lets time pass, and everything happen that is due meanwhile. */
  void pass(long nanos) {
    long until = nowNanos + nanos;
    for (Task next = tasks.peek(); next != null && next.atNanos() <= until; next = tasks.peek()) {
      tasks.remove();
      nowNanos = next.atNanos();
      next.action().run();
    }
    nowNanos = until;
  }

  void note(String what) {
    trace.add(nowNanos + " " + what);
  }

  /** Everything that was noted, in order. */
  List<String> trace() {
    return trace;
  }
}
