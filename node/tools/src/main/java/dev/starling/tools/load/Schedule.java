package dev.starling.tools.load;

import java.util.concurrent.TimeUnit;

/**
 * When each of a row of messages is to be sent, at a fixed rate.
 *
 * @param startNanos when the first is, by {@code System.nanoTime}
 * @param perSecond above zero
 */
record Schedule(long startNanos, double perSecond) {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** When this message is to be sent, however late it then is. */
  long intendedNanos(long number) {
    return startNanos + (long) (number * NANOS_PER_SECOND / perSecond);
  }

  /** How many were to be sent before a time. */
  long due(long nowNanos) {
    return (long) Math.ceil((nowNanos - startNanos) * perSecond / NANOS_PER_SECOND);
  }
}
