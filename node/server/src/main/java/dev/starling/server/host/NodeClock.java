package dev.starling.server.host;

/**
 * The node's two clocks; thread-safe. Monotonic time counts from the node's start, so that it never
 * wraps.
 */
public final class NodeClock {
  private final long originNanos = System.nanoTime();

  /** Monotonic nanoseconds since the start. */
  public long nanos() {
    return System.nanoTime() - originNanos;
  }

  /** Wall clock in milliseconds since 1970, UTC. */
  public long epochMillis() {
    return System.currentTimeMillis();
  }
}
