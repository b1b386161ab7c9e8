package dev.starling.sim.node;

import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;

/** Keeps what goes in or out of a machine for a while, and lets it through in order. */
final class Blockade {
  private final EventQueue events;
  private final List<Runnable> held = new ArrayList<>();
  private long untilNanos;

  Blockade(EventQueue events) {
    this.events = events;
  }

  boolean isOn() {
    return events.now() < untilNanos;
  }

  void begin(long nanos) {
    boolean was = isOn();
    untilNanos = Math.max(untilNanos, events.now() + nanos);
    if (!was) {
      events.at(untilNanos, this::end);
    }
  }

  void hold(Runnable passage) {
    held.add(passage);
  }

  private void end() {
    if (isOn()) {
      events.at(untilNanos, this::end);
      return;
    }
    List<Runnable> due = List.copyOf(held);
    held.clear();
    due.forEach(Runnable::run);
  }
}
