package dev.starling.server.ring;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets a complaint through once a minute, so that a peer can't fill the log; one thread. */
final class Seldom {
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private long nextNanos = Long.MIN_VALUE;

  Seldom(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean mayComplain() {
    long now = nanos.getAsLong();
    if (now < nextNanos) {
      return false;
    }
    nextNanos = now + PAUSE_NANOS;
    return true;
  }
}
