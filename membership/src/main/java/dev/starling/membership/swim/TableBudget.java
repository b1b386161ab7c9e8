package dev.starling.membership.swim;

/**
 * How many tables a node sends in answer to others, in all its groups together: the question is
 * small and the answer is not.
 */
public final class TableBudget {
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private long beganNanos;
  private int taken;

  /**
   * @param perSecond at least 1
   * @param nowNanos monotonic time
   */
  public TableBudget(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.beganNanos = nowNanos;
  }

  /**
   * Whether one more may be sent; then it counts.
   *
   * @param nowNanos monotonic, never before that of the last call
   */
  public boolean take(long nowNanos) {
    if (nowNanos - beganNanos >= SECOND) {
      beganNanos = nowNanos;
      taken = 0;
    }
    boolean may = taken < perSecond;
    taken += may ? 1 : 0;
    return may;
  }
}
