package dev.starling.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Watches whether one's own wall clock runs ahead of its peers': a writer that does refuses to
 * write by time, since its writes would win over everybody's. Not thread-safe.
 */
public final class ClockGuard {
  /** How many peers are remembered; the ones heard of longest ago go first. */
  private static final int MAX_PEERS = 64;

  private record Sample(long aheadMillis, long atMillis) {}

  private final long keptMillis;
  private final TreeMap<String, Sample> byNode = new TreeMap<>();

  /**
   * @param keptMillis for how long a peer's answer counts
   */
  public ClockGuard(long keptMillis) {
    this.keptMillis = keptMillis;
  }

  /**
   * A peer has answered with its wall clock. It read it after the question was sent, so a clock
   * that shows less than ours did then is behind ours by at least the difference.
   *
   * @param sentMillis our wall clock when the question was sent
   * @param theirMillis the peer's, when it answered
   */
  public void heard(String node, long sentMillis, long theirMillis) {
    byNode.put(node, new Sample(sentMillis - theirMillis, sentMillis));
    while (byNode.size() > MAX_PEERS) {
      byNode.remove(eldest());
    }
  }

  /** Whether more than half of the peers heard of lately are too far behind this clock. */
  public boolean isAhead(long nowMillis) {
    List<Long> ahead = new ArrayList<>();
    for (Sample sample : byNode.values()) {
      if (Math.abs(nowMillis - sample.atMillis()) <= keptMillis) {
        ahead.add(sample.aheadMillis());
      }
    }
    Collections.sort(ahead);
    return !ahead.isEmpty() && ahead.get((ahead.size() - 1) / 2) > HybridClock.MAX_AHEAD_MILLIS;
  }

  private String eldest() {
    String eldest = byNode.firstKey();
    long since = Long.MAX_VALUE;
    for (var entry : byNode.entrySet()) {
      if (entry.getValue().atMillis() < since) {
        since = entry.getValue().atMillis();
        eldest = entry.getKey();
      }
    }
    return eldest;
  }
}
