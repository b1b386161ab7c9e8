package dev.starling.sim.scenario;

import dev.starling.sim.measure.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What came of many seeds, in the order in which they are added. */
public final class Summary {
  private static final double SECOND = 1e9;
  private static final String HEAL = "heal: equal views";

  private final List<Long> failed = new ArrayList<>();
  private final SortedMap<String, List<Long>> noticed = new TreeMap<>();
  private final List<Integer> effective = new ArrayList<>();
  private final SortedMap<String, int[]> kinds = new TreeMap<>();
  private long events;
  private long virtualNanos;
  private long shortestNanos = Long.MAX_VALUE;
  private int fewestNodes = Integer.MAX_VALUE;

  public void add(Outcome outcome) {
    if (outcome.isBad()) {
      failed.add(outcome.seed());
    }
    outcome.noticedNanos().forEach(this::note);
    if (outcome.healedNanos() >= 0) {
      note(HEAL, outcome.healedNanos());
    }
    effective.add(outcome.effectiveFaults());
    outcome.planned().forEach((kind, count) -> countsOf(kind)[0] += count);
    outcome.effective().forEach((kind, count) -> countsOf(kind)[1] += count);
    events += outcome.events();
    virtualNanos += outcome.virtualNanos();
    shortestNanos = Math.min(shortestNanos, outcome.virtualNanos());
    fewestNodes = Math.min(fewestNodes, outcome.nodes());
  }

  /** How many seeds there were. */
  public int seeds() {
    return effective.size();
  }

  public List<Long> failed() {
    return List.copyOf(failed);
  }

  /** How many faults took effect in the median seed. */
  public int medianFaults() {
    int[] sorted = effective.stream().mapToInt(Integer::intValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The summary for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d seeds, %d failed%s; %,d events; at least %d nodes and %.0f virtual seconds each",
            seeds(),
            failed.size(),
            failed.isEmpty() ? "" : " " + failed.subList(0, Math.min(10, failed.size())),
            events,
            fewestNodes,
            shortestNanos / SECOND));
    lines.add("known to all after so many seconds:");
    noticed.forEach((what, nanos) ->
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-24s median %.2f, 99th percentile %.2f, most %.2f",
                what,
                seconds(nanos, 0.5),
                seconds(nanos, 0.99),
                seconds(nanos, 1))));
    lines.add(
        String.format(
            Locale.ROOT, "faults that took effect: %d in the median seed", medianFaults()));
    kinds.forEach((kind, counts) ->
        lines.add(String.format(Locale.ROOT, "  %-24s %,8d of %,8d", kind, counts[1], counts[0])));
    return lines;
  }

  /** The summary for programs: one JSON object. */
  public String json(String scenario) {
    List<String> counted = new ArrayList<>();
    kinds.forEach((kind, counts) ->
        counted.add(
            String.format(
                Locale.ROOT,
                "{\"kind\":\"%s\",\"planned\":%d,\"effective\":%d}",
                kind,
                counts[0],
                counts[1])));
    List<String> times = new ArrayList<>();
    noticed.forEach((what, nanos) ->
        times.add(
            String.format(
                Locale.ROOT,
                "{\"what\":\"%s\",\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}",
                what,
                seconds(nanos, 0.5),
                seconds(nanos, 0.99),
                seconds(nanos, 1))));
    return String.format(
        Locale.ROOT,
        "{\"scenario\":\"%s\",\"seeds\":%d,\"failed\":%s,\"events\":%d,\"virtualSeconds\":%.0f,"
            + "\"medianFaults\":%d,\"knownSeconds\":[%s],\"faults\":[%s]}",
        scenario,
        seeds(),
        failed,
        events,
        virtualNanos / SECOND,
        medianFaults(),
        String.join(",", times),
        String.join(",", counted));
  }

  private static double seconds(List<Long> nanos, double share) {
    return Percentile.of(nanos.stream().sorted().toList(), share) / SECOND;
  }

  private void note(String what, long nanos) {
    noticed.computeIfAbsent(what, name -> new ArrayList<>()).add(nanos);
  }

  private int[] countsOf(String kind) {
    return kinds.computeIfAbsent(kind, name -> new int[2]);
  }
}
