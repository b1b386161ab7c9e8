package dev.starling.server.host;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Whether this node delivers signals now: each second a signal is read, delivered, written and
 * confirmed from every event loop to the next one, by sessions of nobody. A loop that is blocked or
 * starved shows at all others. Thread-safe.
 */
public final class DeliveryCheck {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Longer than a collection takes, shorter than a client waits for its answer. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final long everyNanos;
  private final long patienceNanos;
  private final NodeClock clock;
  private final List<Loop> loops;
  private final AtomicLongArray deliveredNanos;
  private final List<CompletableFuture<Void>> first;

  private DeliveryCheck(NodeHost node, long everyNanos, long patienceNanos) {
    this.everyNanos = everyNanos;
    this.patienceNanos = patienceNanos;
    clock = node.clock();
    loops = node.loops().all();
    deliveredNanos = new AtomicLongArray(loops.size());
    first = loops.stream().map(loop -> new CompletableFuture<Void>()).toList();
  }

  /**
   * Begins, and waits for the first signals for as long as they may take; not on a loop.
   *
   * @return the check, whatever came of it so far
   */
  public static DeliveryCheck start(NodeHost node) {
    return start(node, EVERY_NANOS, PATIENCE_NANOS);
  }

  static DeliveryCheck start(NodeHost node, long everyNanos, long patienceNanos) {
    DeliveryCheck check = new DeliveryCheck(node, everyNanos, patienceNanos);
    for (int i = 0; i < check.loops.size(); i++) {
      int each = i;
      check.deliveredNanos.set(i, check.clock.nanos() - patienceNanos);
      check.loops.get(i).run(() -> check.deliver(each));
    }
    CompletableFuture.allOf(check.first.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, patienceNanos, TimeUnit.NANOSECONDS)
        .join();
    return check;
  }

  /** Whether a signal of every loop was done lately. */
  public boolean delivers() {
    long now = clock.nanos();
    for (int i = 0; i < deliveredNanos.length(); i++) {
      if (now - deliveredNanos.get(i) >= patienceNanos) {
        return false;
      }
    }
    return true;
  }

  /** On the loop with this number. */
  private void deliver(int number) {
    Loop from = loops.get(number);
    Loop to = loops.get((number + 1) % loops.size());
    new Rehearsal(clock, from::run, to::run, () -> delivered(number)).ask(Rehearsal.FIRST_ID);
    long now = clock.nanos();
    from.runAt(now + everyNanos, now, () -> deliver(number));
  }

  private void delivered(int number) {
    deliveredNanos.set(number, clock.nanos());
    first.get(number).complete(null);
  }
}
