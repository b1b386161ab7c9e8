package dev.starling.sim.measure;

import java.util.List;

/** Percentiles by nearest rank. */
public final class Percentile {
  private Percentile() {}

  /**
   * The least value that a share of all don't exceed.
   *
   * @param sorted at least one
   * @param share 0 to 1
   */
  public static <T> T of(List<T> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
