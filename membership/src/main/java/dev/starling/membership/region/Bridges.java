package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.ring.Candidate;
import dev.starling.membership.ring.Rendezvous;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes bridge their region to the others: elected by rendezvous among its living core nodes,
 * in different zones where there are some. A pure function of the view.
 */
record Bridges(SortedMap<String, List<Fact>> byRegion) {
  private static final long KEY = 0x6272696467657331L;

  static Bridges of(List<Fact> view, int count) {
    Map<String, Fact> byName = new LinkedHashMap<>();
    SortedMap<String, List<Candidate>> candidates = new TreeMap<>();
    for (Fact fact : view) {
      Candidate candidate = Candidate.of(fact);
      if (candidate != null) {
        byName.put(candidate.name(), fact);
        candidates.computeIfAbsent(candidate.region(), region -> new ArrayList<>()).add(candidate);
      }
    }
    SortedMap<String, List<Fact>> elected = new TreeMap<>();
    candidates.forEach((region, all) -> elected.put(region, elect(all, count, byName)));
    return new Bridges(Collections.unmodifiableSortedMap(elected));
  }

  private static List<Fact> elect(List<Candidate> all, int count, Map<String, Fact> byName) {
    return Rendezvous.choose(all, KEY, count).stream()
        .map(candidate -> Objects.requireNonNull(byName.get(candidate.name())))
        .toList();
  }

  /** A region's bridges; none where it has no living core node. */
  List<Fact> of(String region) {
    return byRegion.getOrDefault(region, List.of());
  }

  /** Where the other regions' bridges take streams. */
  List<Endpoint> outside(String region) {
    List<Endpoint> endpoints = new ArrayList<>();
    byRegion.forEach((name, elected) -> {
      for (Fact bridge : elected) {
        if (!name.equals(region) && bridge.info() != null) {
          endpoints.add(bridge.info().streams());
        }
      }
    });
    return endpoints;
  }

  /**
   * The regions that can't be reached from one, in the order of their names.
   *
   * @param witnesses how many of its bridges must miss a region, where it has as many
   */
  List<String> unreachableFrom(String region, int witnesses) {
    List<Fact> local = of(region);
    int needed = Math.min(witnesses, local.size());
    List<String> unreachable = new ArrayList<>();
    for (String other : byRegion.keySet()) {
      long missing = local.stream().filter(bridge -> misses(bridge, other)).count();
      if (!other.equals(region) && needed > 0 && missing >= needed) {
        unreachable.add(other);
      }
    }
    return unreachable;
  }

  private static boolean misses(Fact bridge, String region) {
    return bridge.info() != null && bridge.info().unreachable().contains(region);
  }
}
