package dev.starling.sim.node;

import dev.starling.sim.kernel.EventQueue;

/**
 * Wakes one loop of a process by its machine's clock. One timer runs; one that was set for later is
 * replaced, and an early one finds nothing to do.
 */
public final class Alarm {
  private final EventQueue events;
  private final Machine machine;
  private final Runnable wake;
  private long wakeAtNanos = Long.MAX_VALUE;
  private long timerNanos = Long.MAX_VALUE;

  /**
   * @param wake what is to happen then
   */
  public Alarm(EventQueue events, Machine machine, Runnable wake) {
    this.events = events;
    this.machine = machine;
    this.wake = wake;
  }

  /**
   * When it is to ring; in force from {@link #arm} on.
   *
   * @param localNanos by the machine's clock
   */
  public void set(long localNanos) {
    wakeAtNanos = localNanos;
  }

  void clear() {
    wakeAtNanos = Long.MAX_VALUE;
    timerNanos = Long.MAX_VALUE;
  }

  /** A step is over. */
  public void arm() {
    if (wakeAtNanos != Long.MAX_VALUE) {
      long at = machine.clock().virtual(wakeAtNanos);
      if (at < timerNanos) {
        timerNanos = at;
        long same = machine.life();
        events.at(at, () -> ring(same, at));
      }
    }
  }

  private void ring(long same, long at) {
    if (same != machine.life() || at != timerNanos) {
      return;
    }
    timerNanos = Long.MAX_VALUE;
    if (wakeAtNanos <= machine.localNanos() || machine.isPaused()) {
      wake.run();
    } else {
      arm();
    }
  }
}
