package dev.starling.sim.fault;

import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;

/** Ends what lasts for a while: in its own time, or all at once. */
final class Undoing {
  private final EventQueue events;
  private final List<Runnable> due = new ArrayList<>();

  Undoing(EventQueue events) {
    this.events = events;
  }

  /** Undoes something once: after so long, or at {@link #all}. */
  void after(long nanos, Runnable undo) {
    due.add(undo);
    events.after(
        nanos,
        () -> {
          if (due.remove(undo)) {
            undo.run();
          }
        });
  }

  void all() {
    List.copyOf(due).forEach(Runnable::run);
    due.clear();
  }
}
