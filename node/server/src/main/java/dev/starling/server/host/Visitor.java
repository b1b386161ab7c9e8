package dev.starling.server.host;

/**
 * One address's share of the node: its connections, how fast they come, how many hellos of theirs
 * were refused, and what they send together. Thread-safe.
 */
public final class Visitor extends Share {
  private static final double SECONDS_PER_MINUTE = 60;

  private final SharedRate arrivals;
  private final SharedRate refusals;
  private final int maxConnections;

  Visitor(ShareConfig config) {
    super(config.address());
    this.maxConnections = config.connectionsPerAddress();
    this.arrivals =
        new SharedRate(
            config.connectionsPerSecondPerAddress(), config.connectionsPerSecondPerAddress());
    this.refusals =
        new SharedRate(
            config.refusedHellosPerMinute() / SECONDS_PER_MINUTE, config.refusedHellosPerMinute());
  }

  /** Counts a connection that wants in; false where it is one too many, or too soon. */
  boolean admits(long nowNanos) {
    return holders() < maxConnections && arrivals.takeOne(nowNanos);
  }

  /** Counts a hello that was refused. */
  void refused(long nowNanos) {
    refusals.take(1, nowNanos);
  }

  /** Whether so many hellos were refused that the next ones aren't looked at. */
  boolean refusedTooOften(long nowNanos) {
    return refusals.usedUp(nowNanos);
  }

  @Override
  boolean idle(long nowNanos) {
    return super.idle(nowNanos) && arrivals.idle(nowNanos) && refusals.idle(nowNanos);
  }
}
