package dev.starling.core.replication;

import dev.starling.core.room.RoomConfig;

/**
 * Bounds and times of replication; times in nanoseconds unless said otherwise.
 *
 * @param room the bounds of a room
 * @param pushDeltas how many deltas may be unacknowledged at a peer before further ones wait for
 *     the interval
 * @param regionPushNanos that interval, within the region
 * @param wanPushNanos that interval, between regions
 * @param resendNanos after how long what wasn't acknowledged is sent again, between regions to
 *     another owner
 * @param batchBytes about how much goes into one push
 * @param bufferBytes about how much a room keeps for its peers; beyond it the eldest is left to
 *     anti-entropy
 * @param regionDigestNanos how often shards are compared with one owner of the region
 * @param wanDigestNanos how often with one owner of each other region
 * @param repairBytesPerSecond how much anti-entropy may send
 * @param repairBurstBytes how much of it at once
 * @param maxRepairs how many repairs wait for that; more are dropped
 * @param zoneWaitNanos how long a copy in another zone is waited for
 * @param answerNanos after how long an operation that too few owners hold is answered
 *     INDETERMINATE; below the ten seconds within which every request is answered
 * @param retryNanos after how long a request that wasn't answered goes to another owner
 * @param maxPending how many requests wait for owners
 * @param catchUpNanos how long a new owner waits for the others before it serves
 * @param graceNanos how long after its host's death a member is taken out
 * @param unknownHostNanos how long a host that nobody knows is waited for
 * @param hideNanos after how long members of a region that can't be reached are shown no more
 * @param revealNanos after how long in reach again they are shown again, so that what happened to
 *     them meanwhile is known
 * @param retireNanos how long a replica is dead before its dots are retired
 * @param retirementNanos how long the record of that is kept
 * @param effects how many effects of a room are kept
 * @param effectMillis for how long, milliseconds
 * @param heldDeltas how many deltas from the future a room keeps
 * @param farMillis from how far in the future, milliseconds
 * @param clockMillis for how long a peer's clock counts, milliseconds
 * @param maxDormant how many rooms that nobody is in are remembered by their context
 */
public record ReplicationConfig(
    RoomConfig room,
    int pushDeltas,
    long regionPushNanos,
    long wanPushNanos,
    long resendNanos,
    long batchBytes,
    long bufferBytes,
    long regionDigestNanos,
    long wanDigestNanos,
    long repairBytesPerSecond,
    long repairBurstBytes,
    int maxRepairs,
    long zoneWaitNanos,
    long answerNanos,
    long retryNanos,
    int maxPending,
    long catchUpNanos,
    long graceNanos,
    long unknownHostNanos,
    long hideNanos,
    long revealNanos,
    long retireNanos,
    long retirementNanos,
    int effects,
    long effectMillis,
    int heldDeltas,
    long farMillis,
    long clockMillis,
    int maxDormant) {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int KIB = 1_024;

  public ReplicationConfig {
    require(pushDeltas > 0 && batchBytes > 0 && bufferBytes >= batchBytes, "pushes");
    require(regionPushNanos > 0 && wanPushNanos > 0 && resendNanos > 0, "push times");
    require(regionDigestNanos > 0 && wanDigestNanos > 0, "digest times");
    require(repairBytesPerSecond > 0 && repairBurstBytes > 0 && maxRepairs > 0, "repairs");
    require(zoneWaitNanos >= 0 && answerNanos > 0 && retryNanos > 0 && maxPending > 0, "requests");
    require(catchUpNanos >= 0 && graceNanos >= 0 && unknownHostNanos >= 0, "owners and hosts");
    require(hideNanos >= 0 && revealNanos >= 0, "regions out of reach");
    require(retireNanos > 0 && retirementNanos > 0, "retirement");
    require(effects >= 0 && effectMillis >= 0 && heldDeltas >= 0 && farMillis >= 0, "histories");
    require(clockMillis > 0 && maxDormant >= 0, "clocks and dormant rooms");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("out of bounds: " + what);
    }
  }

  /** What is usual. */
  public static ReplicationConfig of(
      RoomConfig room, long graceNanos, long hideNanos, long resumeMillis) {
    return new ReplicationConfig(
        room,
        20,
        50 * MILLI,
        150 * MILLI,
        2 * SECOND,
        64 * KIB,
        256 * KIB,
        SECOND,
        2 * SECOND,
        16L * KIB * KIB,
        4L * KIB * KIB,
        16_384,
        300 * MILLI,
        8 * SECOND,
        2 * SECOND,
        65_536,
        5 * SECOND,
        graceNanos,
        30 * SECOND,
        hideNanos,
        SECOND,
        20 * 60 * SECOND,
        24 * 3_600 * SECOND,
        256,
        resumeMillis,
        64,
        60_000,
        60_000,
        16_384);
  }
}
