package dev.starling.server.host;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with a queue of its own: what a step causes on the same loop runs right after it,
 * never inside it, so that no core is entered twice and outputs keep their order.
 */
final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final EventExecutor executor;
  private final MemoryAccount.Page page;
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private boolean draining;

  /**
   * @param page where what is held on this loop is counted
   */
  Loop(EventExecutor executor, MemoryAccount.Page page) {
    this.executor = executor;
    this.page = page;
  }

  /** This loop's part of the account; used on this loop. */
  MemoryAccount.Page page() {
    return page;
  }

  /** Runs a task on this loop, at once where possible; from any thread. */
  void run(Runnable task) {
    if (executor.inEventLoop()) {
      queue.add(task);
      drain();
    } else {
      executor.execute(() -> run(task));
    }
  }

  /** Runs a task on this loop at a time of the node's monotonic clock. */
  Future<?> runAt(long nanos, long nowNanos, Runnable task) {
    return executor.schedule(() -> run(task), Math.max(0, nanos - nowNanos), TimeUnit.NANOSECONDS);
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      runGuarded(task);
    }
    draining = false;
  }

  /** A fault in one step must not stop the others' on this loop. */
  private static void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable fault) {
      log.error("a step failed; this is a fault of the server", fault);
    }
  }
}
