package dev.starling.server.edge.api;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Takes so many requests a second, all of them at once where they come so. Thread-safe. */
final class RequestRate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final LongSupplier nanoClock;
  private long secondStartNanos;
  private int taken;

  RequestRate(int perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.secondStartNanos = nanoClock.getAsLong();
  }

  /** Whether one more may come now. */
  synchronized boolean take() {
    long now = nanoClock.getAsLong();
    if (now - secondStartNanos >= SECOND) {
      secondStartNanos = now;
      taken = 0;
    }
    return taken++ < perSecond;
  }
}
