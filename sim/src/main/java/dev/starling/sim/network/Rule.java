package dev.starling.sim.network;

import java.util.BitSet;
import java.util.TreeMap;

/** Weather on the ways from some hosts to others, as long as it is in force. */
public final class Rule {
  private final BitSet from;
  private final BitSet to;
  private final Weather weather;
  private final TreeMap<Long, Way> ways = new TreeMap<>();
  private long caught;

  /** What one way remembers. */
  static final class Way {
    boolean inBurst;
    long busyUntilNanos;
  }

  public Rule(BitSet from, BitSet to, Weather weather) {
    this.from = (BitSet) from.clone();
    this.to = (BitSet) to.clone();
    this.weather = weather;
  }

  public Weather weather() {
    return weather;
  }

  /**
   * How many packets it lost, delayed, doubled or damaged: a fault that caught nothing had no
   * effect.
   */
  public long caught() {
    return caught;
  }

  boolean concerns(int sender, int receiver) {
    return from.get(sender) && to.get(receiver);
  }

  void count() {
    caught++;
  }

  Way way(int sender, int receiver) {
    return ways.computeIfAbsent((long) sender << 32 | receiver, key -> new Way());
  }
}
