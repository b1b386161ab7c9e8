package dev.starling.server.host;

import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up at a time on a loop: setting it again replaces the one before. Used on its loop only.
 */
final class Alarm {
  private final Loop loop;
  private final NodeClock clock;
  private final Runnable task;
  private @Nullable Future<?> pending;

  Alarm(Loop loop, NodeClock clock, Runnable task) {
    this.loop = loop;
    this.clock = clock;
    this.task = task;
  }

  void set(long nanos) {
    clear();
    pending = loop.runAt(nanos, clock.nanos(), task);
  }

  void clear() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
