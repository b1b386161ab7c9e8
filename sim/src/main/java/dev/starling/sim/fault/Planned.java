package dev.starling.sim.fault;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fault and when it happens.
 *
 * @param kind what it is called in tables
 */
public record Planned(long atNanos, String kind, Fault fault) {
  /** How many there are of each kind. */
  public static SortedMap<String, Integer> kinds(Collection<Planned> faults) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    faults.forEach(planned -> counts.merge(planned.kind(), 1, Integer::sum));
    return counts;
  }
}
