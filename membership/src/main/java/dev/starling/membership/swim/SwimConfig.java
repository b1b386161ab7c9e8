package dev.starling.membership.swim;

/**
 * How a group watches its members; times in nanoseconds. {@link #region()} and {@link #wan()} are
 * the values in use.
 *
 * @param probe who is asked, how often, for how long
 * @param suspicion how long a silent member may refute
 * @param gossip how news spreads
 * @param repair what is done against news that was missed
 * @param healthCeiling how far a node that is slow itself stretches its period and timeouts
 *     (Lifeguard section IV-A); 0 turns that off, and more makes a slow node later to accuse and to
 *     notice
 * @param stallGuard whether a node that stood still waits for an answer before it declares anybody
 *     dead, and makes itself known again
 * @param bounds how much is kept and sent
 */
public record SwimConfig(
    Probe probe,
    Suspicion suspicion,
    Gossip gossip,
    Repair repair,
    int healthCeiling,
    boolean stallGuard,
    Bounds bounds) {

  /**
   * Probes.
   *
   * @param periodNanos one member is probed a period; shorter: more traffic, longer: later
   *     detection
   * @param leastTimeoutNanos the shortest wait for a direct answer
   * @param mostTimeoutNanos the longest one; between them it is twice the 99th percentile of round
   *     trips
   * @param helpers how many members are asked to ping in one's stead
   * @param streams whether a stream is tried beside the helpers
   * @param order how the next target is chosen
   */
  public record Probe(
      long periodNanos,
      long leastTimeoutNanos,
      long mostTimeoutNanos,
      int helpers,
      boolean streams,
      TargetOrder order) {
    public Probe {
      if (leastTimeoutNanos < 1 || mostTimeoutNanos < leastTimeoutNanos) {
        throw new IllegalArgumentException(
            "0 < leastTimeoutNanos <= mostTimeoutNanos doesn't hold");
      }
      if (periodNanos < mostTimeoutNanos) {
        throw new IllegalArgumentException("a direct timeout is at most a period");
      }
      if (helpers < 0) {
        throw new IllegalArgumentException("negative number of helpers");
      }
    }
  }

  /** How the next target of a probe is chosen. */
  public enum TargetOrder {
    /** Everybody once before anybody twice, in a new random order each time (SWIM section 4.3). */
    SHUFFLED_ROUNDS,
    /** Anybody, each time (SWIM section 3.1): detection then has no upper bound. */
    UNIFORM
  }

  /**
   * Suspicions. The least time is {@code leastPeriods · max(1, log10 N)} probe periods.
   *
   * @param leastPeriods probe periods before a suspicion that others confirm ends in death; 0: at
   *     once
   * @param mostTimesLeast how much longer one that nobody confirms takes
   * @param confirmations how many others must confirm for the least time; 0: the least time always
   * @param confirmationsOfMany the same in a group of {@code many} or more
   * @param many how many nodes are many
   */
  public record Suspicion(
      double leastPeriods,
      double mostTimesLeast,
      int confirmations,
      int confirmationsOfMany,
      int many) {
    public Suspicion {
      if (leastPeriods < 0 || mostTimesLeast < 1 || confirmations < 0 || confirmationsOfMany < 0) {
        throw new IllegalArgumentException("a suspicion out of bounds");
      }
    }
  }

  /**
   * Gossip.
   *
   * @param tickNanos how often news is sent while there is any
   * @param fanOut to how many members each time
   * @param retransmitFactor a piece of news is sent {@code retransmitFactor · max(2, ⌈log10(N +
   *     1)⌉)} times
   */
  public record Gossip(long tickNanos, int fanOut, int retransmitFactor) {
    public Gossip {
      if (tickNanos < 1 || fanOut < 1 || retransmitFactor < 1) {
        throw new IllegalArgumentException("gossip is at least 1 of each");
      }
    }
  }

  /**
   * Repair.
   *
   * @param syncNanos how often tables are compared with one member, which costs a hash where they
   *     agree; stretched by {@code ⌈log2 N − 5⌉ + 1} above 32 members
   * @param callDeadNanos how often one dead member is called, in case it lives, while most live;
   *     more often in proportion to the share that is dead
   * @param retainNanos how long dead and departed members are remembered
   * @param seedNanos how often a seed that nobody knows is called, so that two groups find each
   *     other
   * @param retryLeastNanos the first wait for a seed's answer
   * @param retryMostNanos the longest one
   */
  public record Repair(
      long syncNanos,
      long callDeadNanos,
      long retainNanos,
      long seedNanos,
      long retryLeastNanos,
      long retryMostNanos) {
    public Repair {
      if (syncNanos < 1 || callDeadNanos < 1 || retainNanos < 1 || seedNanos < 1) {
        throw new IllegalArgumentException("times are at least 1 ns");
      }
      if (retryLeastNanos < 1 || retryMostNanos < retryLeastNanos) {
        throw new IllegalArgumentException("0 < retryLeastNanos <= retryMostNanos doesn't hold");
      }
    }
  }

  /**
   * Bounds.
   *
   * @param members how many nodes are remembered; beyond it new ones are refused
   * @param datagramBytes the longest datagram before it is sealed
   * @param tableFacts how many facts one stream message carries
   * @param tablesPerSecond how many tables are sent in answer to others, a second, in all groups of
   *     a node together
   * @param urgentProbes how many probes run beside the periodic one
   * @param relays for how many others a ping may be under way
   */
  public record Bounds(
      int members,
      int datagramBytes,
      int tableFacts,
      int tablesPerSecond,
      int urgentProbes,
      int relays) {
    public Bounds {
      if (members < 1 || tableFacts < 1 || tablesPerSecond < 1 || urgentProbes < 0 || relays < 0) {
        throw new IllegalArgumentException("bounds are at least 1");
      }
      if (datagramBytes < Sizes.LEAST_DATAGRAM) {
        throw new IllegalArgumentException(
            "a datagram has room for one fact: " + Sizes.LEAST_DATAGRAM + " bytes");
      }
    }
  }

  public SwimConfig {
    if (healthCeiling < 0) {
      throw new IllegalArgumentException("negative ceiling");
    }
  }

  private static final long MILLIS = 1_000_000L;
  private static final long SECONDS = 1_000 * MILLIS;
  private static final Bounds BOUNDS = new Bounds(16_384, 1_160, 256, 50, 8, 256);

  /** Within a region: round trips of a few milliseconds. */
  public static SwimConfig region() {
    return new SwimConfig(
        new Probe(500 * MILLIS, 50 * MILLIS, 250 * MILLIS, 3, true, TargetOrder.SHUFFLED_ROUNDS),
        new Suspicion(3, 4, 2, 3, 100),
        new Gossip(100 * MILLIS, 3, 4),
        new Repair(2 * SECONDS, 5 * SECONDS, 86_400 * SECONDS, 30 * SECONDS, SECONDS, 10 * SECONDS),
        8,
        true,
        BOUNDS);
  }

  /** Between the bridges of regions: round trips of up to 300 ms. */
  public static SwimConfig wan() {
    return new SwimConfig(
        new Probe(2 * SECONDS, 400 * MILLIS, SECONDS, 3, true, TargetOrder.SHUFFLED_ROUNDS),
        new Suspicion(4, 4, 2, 2, 100),
        new Gossip(300 * MILLIS, 2, 4),
        new Repair(
            10 * SECONDS, 5 * SECONDS, 86_400 * SECONDS, 30 * SECONDS, SECONDS, 10 * SECONDS),
        8,
        true,
        BOUNDS);
  }

  /** The same with other probes. */
  public SwimConfig with(Probe other) {
    return new SwimConfig(other, suspicion, gossip, repair, healthCeiling, stallGuard, bounds);
  }

  /** The same with other suspicions. */
  public SwimConfig with(Suspicion other) {
    return new SwimConfig(probe, other, gossip, repair, healthCeiling, stallGuard, bounds);
  }

  /** The same with other gossip. */
  public SwimConfig with(Gossip other) {
    return new SwimConfig(probe, suspicion, other, repair, healthCeiling, stallGuard, bounds);
  }

  /** The same with other repair. */
  public SwimConfig with(Repair other) {
    return new SwimConfig(probe, suspicion, gossip, other, healthCeiling, stallGuard, bounds);
  }

  /** The same with other bounds. */
  public SwimConfig with(Bounds other) {
    return new SwimConfig(probe, suspicion, gossip, repair, healthCeiling, stallGuard, other);
  }

  /** The same with another ceiling of local health. */
  public SwimConfig withHealthCeiling(int other) {
    return new SwimConfig(probe, suspicion, gossip, repair, other, stallGuard, bounds);
  }

  /** The same without a guard after stalls, for measuring what it is good for. */
  public SwimConfig withoutStallGuard() {
    return new SwimConfig(probe, suspicion, gossip, repair, healthCeiling, false, bounds);
  }
}
