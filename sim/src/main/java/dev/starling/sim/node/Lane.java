package dev.starling.sim.node;

import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayDeque;

/**
 * One loop of a process: does one thing after the other, each of which takes its time; what comes
 * meanwhile, or while the process stands still, waits.
 */
public final class Lane {
  private final EventQueue events;
  private final Machine machine;
  private final Counts counts;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private long stepNanos;
  private long busyUntilNanos;

  Lane(EventQueue events, Machine machine, Counts counts) {
    this.events = events;
    this.machine = machine;
    this.counts = counts;
  }

  /** Does something, at once or when it gets to it; where no process runs, nothing. */
  public void run(Runnable task) {
    if (!machine.isUp()) {
      return;
    }
    if (isFree()) {
      work(task);
    } else {
      await(task);
    }
  }

  private boolean isFree() {
    return !machine.isPaused() && events.now() >= busyUntilNanos;
  }

  void slowDown(long nanosPerStep) {
    stepNanos = nanosPerStep;
  }

  /** Forgets what waits: its process has ended. */
  void clear() {
    waiting.clear();
  }

  private void work(Runnable task) {
    counts.steps++;
    busyUntilNanos = events.now() + stepNanos;
    task.run();
  }

  private void await(Runnable task) {
    if (machine.isPaused()) {
      counts.heldByPauses++;
    } else {
      counts.heldBySteps++;
    }
    waiting.add(task);
    if (!machine.isPaused() && waiting.size() == 1) {
      long same = machine.life();
      events.at(busyUntilNanos, () -> drain(same));
    }
  }

  void drain(long same) {
    while (same == machine.life() && isFree() && !waiting.isEmpty()) {
      work(waiting.remove());
    }
    if (same == machine.life() && !machine.isPaused() && !waiting.isEmpty()) {
      events.at(busyUntilNanos, () -> drain(same));
    }
  }
}
