package dev.starling.proto.replication.flock;

import java.util.PriorityQueue;

/** Virtual time: what is due happens in the order of times, and of its being planned. */
final class Timeline {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;

  private record Planned(long nanos, long number, Runnable task) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private long nowNanos;
  private long number;

  long nowNanos() {
    return nowNanos;
  }

  long epochMillis() {
    return 1_800_000_000_000L + nowNanos / MILLI;
  }

  void after(long nanos, Runnable task) {
    planned.add(new Planned(nowNanos + nanos, number++, task));
  }

  /** Lets everything happen that is due within a time. */
  void pass(long nanos) {
    long end = nowNanos + nanos;
    while (!planned.isEmpty() && planned.peek().nanos() <= end) {
      Planned next = planned.remove();
      nowNanos = next.nanos();
      next.task().run();
    }
    nowNanos = end;
  }
}
