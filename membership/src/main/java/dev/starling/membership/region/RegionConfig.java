package dev.starling.membership.region;

/**
 * How regions watch each other; times in nanoseconds.
 *
 * @param bridges how many core nodes of a region talk to other regions
 * @param hailNanos how often a bridge pings every bridge of the others
 * @param missNanos how long they must all be silent before it misses their region
 * @param witnesses how many bridges must miss a region before it counts as unreachable, where there
 *     are as many
 * @param newsNanos how long news of this region may wait to be sent together
 * @param fanOut to how many bridges of each region it is sent
 * @param digestNanos how often tables are compared with one bridge of each region
 */
public record RegionConfig(
    int bridges,
    long hailNanos,
    long missNanos,
    int witnesses,
    long newsNanos,
    int fanOut,
    long digestNanos) {
  public RegionConfig {
    if (bridges < 1 || fanOut < 1 || witnesses < 1) {
      throw new IllegalArgumentException("at least one bridge");
    }
    if (hailNanos < 1 || newsNanos < 1 || digestNanos < 1 || missNanos < 2 * hailNanos) {
      throw new IllegalArgumentException("a region is missed after two hails at least");
    }
  }

  /** The values in use. */
  public static RegionConfig standard() {
    long milli = 1_000_000;
    return new RegionConfig(3, 500 * milli, 4_000 * milli, 2, 300 * milli, 2, 2_000 * milli);
  }
}
