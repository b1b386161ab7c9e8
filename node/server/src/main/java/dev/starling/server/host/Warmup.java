package dev.starling.server.host;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Lets two sessions of nobody exchange signals, so that the first real call doesn't pay for cold
 * code, which costs about five times as much on this path. Bounded in number and time.
 */
public final class Warmup {
  private static final int SIGNALS = 4_000;
  private static final long LIMIT_NANOS = 400_000_000;

  private int done;

  private Warmup() {}

  /**
   * Runs it on the calling thread.
   *
   * @return how many signals were delivered and confirmed
   */
  public static int run(NodeClock clock) {
    Warmup warmup = new Warmup();
    Turns turns = new Turns();
    Rehearsal rehearsal = new Rehearsal(clock, turns, turns, () -> warmup.done++);
    long end = clock.nanos() + LIMIT_NANOS;
    for (long id = Rehearsal.FIRST_ID; id < SIGNALS && clock.nanos() < end; id++) {
      rehearsal.ask(id);
      rehearsal.answer(id);
    }
    return warmup.done;
  }

  /** Runs what a task causes right after it, never inside it. */
  private static final class Turns implements Executor {
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean running;

    @Override
    public void execute(Runnable task) {
      queue.add(task);
      if (!running) {
        running = true;
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
          next.run();
        }
        running = false;
      }
    }
  }
}
