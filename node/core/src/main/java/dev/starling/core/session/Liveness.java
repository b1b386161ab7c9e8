package dev.starling.core.session;

/**
 * When to ask for a sign of life, and when to give up: the server pings after one heartbeat of
 * silence and closes after two. Not thread-safe.
 */
final class Liveness {
  enum Verdict {
    FINE,
    PING,
    DEAD
  }

  private final long heartbeatNanos;
  private long heardAtNanos;
  private long pingedAtNanos;

  Liveness(long heartbeatNanos, long nowNanos) {
    this.heartbeatNanos = heartbeatNanos;
    restart(nowNanos);
  }

  /** A new connection: the count starts again. */
  void restart(long nowNanos) {
    heardAtNanos = nowNanos;
    pingedAtNanos = nowNanos;
  }

  void heard(long nowNanos) {
    heardAtNanos = nowNanos;
  }

  /** What the silence calls for; a PING counts as sent. */
  Verdict check(long nowNanos) {
    if (nowNanos - heardAtNanos >= 2 * heartbeatNanos) {
      return Verdict.DEAD;
    }
    if (nowNanos - Math.max(heardAtNanos, pingedAtNanos) >= heartbeatNanos) {
      pingedAtNanos = nowNanos;
      return Verdict.PING;
    }
    return Verdict.FINE;
  }

  /** The earliest time at which {@link #check} may say something else. */
  long nextCheckNanos() {
    return Math.min(
        Math.max(heardAtNanos, pingedAtNanos) + heartbeatNanos, heardAtNanos + 2 * heartbeatNanos);
  }
}
