package dev.starling.sim.scenario;

import dev.starling.sim.check.Violation;
import java.util.List;
import java.util.SortedMap;

/**
 * What came of one seed.
 *
 * @param nodes how many machines there were
 * @param trace the hash of everything that happened, in hexadecimal
 * @param planned how many faults of each kind were planned
 * @param effective how many of them did something
 * @param healedNanos how long after the heal all views were equal and true; negative: not in time
 * @param noticedNanos how long it took until everybody knew of what happened afterwards
 * @param events how many events happened
 * @param virtualNanos how long it lasted
 */
public record Outcome(
    long seed,
    int nodes,
    String trace,
    SortedMap<String, Integer> planned,
    SortedMap<String, Integer> effective,
    long healedNanos,
    SortedMap<String, Long> noticedNanos,
    long events,
    long virtualNanos,
    List<Violation> violations) {
  /** Whether an invariant was broken. */
  public boolean isBad() {
    return !violations.isEmpty();
  }

  /** How many faults were planned. */
  public int plannedFaults() {
    return sum(planned);
  }

  /** How many did something. */
  public int effectiveFaults() {
    return sum(effective);
  }

  private static int sum(SortedMap<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
