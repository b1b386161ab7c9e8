package dev.starling.tools.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one target.
 *
 * @param nanos how long it took, waiting for the last messages included
 * @param ownCpuNanos what the generator used meanwhile
 * @param memory what was noted of the server's memory meanwhile
 * @param usage what the server used meanwhile, where its process is known
 */
record Figures(
    Tally tally,
    long nanos,
    long ownCpuNanos,
    @Nullable MemoryWatch memory,
    @Nullable Usage usage) {

  private static final Map<String, Double> PERCENTILES =
      new TreeMap<>(Map.of("p50", 50.0, "p90", 90.0, "p95", 95.0, "p99", 99.0, "p999", 99.9));

  /**
   * What a server used.
   *
   * @param residentBytes its memory at the end
   */
  record Usage(List<Long> pids, long cpuNanos, long residentBytes) {}

  double perSecond() {
    return tally.confirmed / Math.max(1e-9, nanos / 1e9);
  }

  /** CPU for each message that reached a receiver, in microseconds; 0 where nothing is known. */
  double cpuMicrosPerDelivery() {
    return usage == null ? 0 : microsPerDelivery(usage.cpuNanos);
  }

  private double microsPerDelivery(long cpuNanos) {
    return tally.delivered == 0 ? 0 : cpuNanos / 1e3 / tally.delivered;
  }

  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("seconds", nanos / 1e9)
            .put("sent", tally.sent)
            .put("confirmed", tally.confirmed)
            .put("delivered", tally.delivered)
            .put("confirmedPerSecond", perSecond())
            .put("refused", tally.refused())
            .put("disconnected", tally.disconnected())
            .put("indeterminate", tally.indeterminate)
            .put("missed", tally.missed)
            .put("unanswered", tally.unanswered)
            .put("unsent", tally.unsent)
            .put("lost", tally.lost)
            .put("duplicated", tally.duplicated)
            .put("reordered", tally.reordered)
            .put("misdelivered", tally.misdelivered)
            .put("deliveryMicros", percentiles(tally.delivery()))
            .put("confirmMicros", percentiles(tally.confirmation()))
            .put("generatorCpuMicrosPerDelivery", microsPerDelivery(ownCpuNanos));
    if (tally.everywhere().getTotalCount() > 0) {
      json.put("everywhereMicros", percentiles(tally.everywhere()));
    }
    if (tally.departed() > 0) {
      json.put("churn", churn());
    }
    if (memory != null) {
      json.putObjects("memory", memory.json());
    }
    if (usage != null) {
      json.put("server", server(usage));
    }
    return json;
  }

  private JsonObject server(Usage used) {
    return new JsonObject()
        .putNumbers("pids", used.pids)
        .put("cpuSeconds", used.cpuNanos / 1e9)
        .put("cpuMicrosPerDelivery", cpuMicrosPerDelivery())
        .put("residentBytes", used.residentBytes);
  }

  private JsonObject churn() {
    return new JsonObject()
        .put("left", tally.left)
        .put("dropped", tally.dropped)
        .put("returned", tally.returned)
        .put("resumed", tally.resumed)
        .put("retried", tally.retried);
  }

  /** What this costs, as multiples of what the other costs. */
  JsonObject ratio(Figures floor) {
    JsonObject ratio = new JsonObject();
    if (usage != null && floor.cpuMicrosPerDelivery() > 0) {
      ratio.put("cpu", cpuMicrosPerDelivery() / floor.cpuMicrosPerDelivery());
    }
    PERCENTILES.forEach((name, percent) ->
        ratio.put("delivery." + name, ratio(tally.delivery(), floor.tally.delivery(), percent)));
    PERCENTILES.forEach((name, percent) ->
        ratio.put(
            "confirm." + name, ratio(tally.confirmation(), floor.tally.confirmation(), percent)));
    return ratio;
  }

  String text(String name) {
    return String.format(
            Locale.ROOT,
            """
            %s: %,d confirmed in %.1f s (%,.0f/s), %,d delivered
              delivery  %s
              confirmed %s
              lost %,d, duplicated %,d, reordered %,d, misdelivered %,d
              refused %s, disconnected %s, indeterminate %,d, missed %,d, unanswered %,d, unsent %,d
              generator: %.2f µs CPU a delivery
            """,
            name,
            tally.confirmed,
            nanos / 1e9,
            perSecond(),
            tally.delivered,
            latencies(tally.delivery()),
            latencies(tally.confirmation()),
            tally.lost,
            tally.duplicated,
            tally.reordered,
            tally.misdelivered,
            tally.refused(),
            tally.disconnected(),
            tally.indeterminate,
            tally.missed,
            tally.unanswered,
            tally.unsent,
            microsPerDelivery(ownCpuNanos))
        + (tally.everywhere().getTotalCount() > 0
            ? "  with all receivers " + latencies(tally.everywhere()) + System.lineSeparator()
            : "")
        + (tally.departed() > 0 ? "  churn " + churn() + System.lineSeparator() : "")
        + (memory == null ? "" : memory.text())
        + usageText();
  }

  private String usageText() {
    return usage == null
        ? ""
        : String.format(
            Locale.ROOT,
            "  server %s: %.2f µs CPU a delivery, %,d KiB resident%n",
            usage.pids,
            cpuMicrosPerDelivery(),
            usage.residentBytes / 1024);
  }

  /** A histogram of nanoseconds in microseconds. */
  static JsonObject percentiles(Histogram histogram) {
    JsonObject json = new JsonObject();
    PERCENTILES.forEach(
        (name, percent) -> json.put(name, micros(histogram.getValueAtPercentile(percent))));
    return json.put("max", micros(histogram.getMaxValue()));
  }

  /** The same for people. */
  static String latencies(Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms",
        millis(histogram.getValueAtPercentile(50)),
        millis(histogram.getValueAtPercentile(95)),
        millis(histogram.getValueAtPercentile(99)),
        millis(histogram.getMaxValue()));
  }

  private static double ratio(Histogram product, Histogram floor, double percent) {
    return (double) product.getValueAtPercentile(percent)
        / Math.max(1, floor.getValueAtPercentile(percent));
  }

  private static double micros(long nanos) {
    return nanos / (double) TimeUnit.MICROSECONDS.toNanos(1);
  }

  private static double millis(long nanos) {
    return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
