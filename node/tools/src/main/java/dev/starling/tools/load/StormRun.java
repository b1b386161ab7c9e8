package dev.starling.tools.load;

import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All clients lose their connections at once and come back at once: resume, join. Each tries once;
 * one that doesn't get through has failed.
 */
final class StormRun implements Attendance {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int PATIENCE_SECONDS = 60;

  private final Fleet fleet;
  private final int clients;
  private final long startNanos;
  private final boolean[] dropped;
  private final Histogram joins = new Histogram(LONGEST_NANOS, 3);
  private final TreeMap<String, Long> failures = new TreeMap<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int settled;
  private int resumed;
  private long lastJoinNanos;

  private StormRun(Fleet fleet) {
    this.fleet = fleet;
    clients = fleet.clients().size();
    dropped = new boolean[clients];
    startNanos = System.nanoTime();
    lastJoinNanos = startNanos;
  }

  /** One storm without measuring where there is to be a warm-up, then the one that counts. */
  static Outcome run(Fleet fleet, LoadPlan plan, @Nullable ServerProbe probe)
      throws InterruptedException {
    if (plan.warmupSeconds() > 0) {
      new StormRun(fleet).blow();
    }
    long cpuBefore = ServerProbe.cpuNanosOf(probe);
    StormRun storm = new StormRun(fleet);
    storm.blow();
    return storm.outcome(ServerProbe.cpuNanosOf(probe) - cpuBefore);
  }

  private void blow() throws InterruptedException {
    fleet.attend(this);
    for (Client client : fleet.clients()) {
      client.lane().loop().execute(client::drop);
    }
    Bench.awaitOr(over, PATIENCE_SECONDS, this::abandon);
  }

  @Override
  public synchronized void joined(Client client) {
    lastJoinNanos = System.nanoTime();
    joins.recordValue(Math.clamp(lastJoinNanos - startNanos, 1, LONGEST_NANOS));
    resumed += client.wasResumed() ? 1 : 0;
    settle();
  }

  @Override
  public synchronized void lost(Client client, String reason) {
    if (dropped[client.index()]) {
      failures.merge(reason, 1L, Long::sum);
      settle();
    } else {
      dropped[client.index()] = true;
      fleet.connector().connect(client, client.lane());
    }
  }

  private void settle() {
    if (++settled == clients) {
      over.complete(null);
    }
  }

  private synchronized void abandon() {
    failures.put("never joined", (long) clients - settled);
  }

  private synchronized Outcome outcome(long cpuNanos) {
    long joined = joins.getTotalCount();
    double seconds = (lastJoinNanos - startNanos) / 1e9;
    double perSecond = joined / Math.max(1e-9, seconds);
    long failed = failures.values().stream().mapToLong(Long::longValue).sum();
    JsonObject json =
        new JsonObject()
            .put("clients", clients)
            .put("joined", joined)
            .put("resumed", resumed)
            .put("failed", failed)
            .put("failures", failures)
            .put("seconds", seconds)
            .put("joinsPerSecond", perSecond)
            .put("joinMicros", Figures.percentiles(joins));
    double cpuMicrosPerJoin = cpuNanos / 1e3 / Math.max(1, joined);
    if (cpuNanos > 0) {
      json.put("cpuMicrosPerJoin", cpuMicrosPerJoin);
    }
    String text =
        String.format(
            Locale.ROOT,
            "%,d of %,d joined again (%,d resumed) in %.2f s: %,.0f joins/s, %.0f µs CPU a join,"
                + " %s, failures %s%n",
            joined,
            clients,
            resumed,
            seconds,
            perSecond,
            cpuMicrosPerJoin,
            Figures.latencies(joins),
            failures);
    return new Outcome(new JsonObject().put("storm", json), text, failed == 0);
  }
}
