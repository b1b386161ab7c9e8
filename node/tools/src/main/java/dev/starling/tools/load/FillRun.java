package dev.starling.tools.load;

import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All clients enter more and more rooms, as many of them each as share one anyway: what does an
 * entry of a room cost those who keep it? Called on the event loops of the clients.
 */
final class FillRun implements Attendance {
  private static final int PATIENCE_SECONDS = 120;

  /** What is answered has yet to reach other owners. */
  private static final double SETTLING_SECONDS = 1;

  private final Fleet fleet;
  private final int window;
  private final int share;
  private final int[] begun;
  private final TreeMap<String, Long> failures = new TreeMap<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int entered;
  private int answered;

  private FillRun(Fleet fleet, int window, int entries) {
    this.fleet = fleet;
    this.window = window;
    share = entries / fleet.clients().size();
    begun = new int[fleet.clients().size()];
  }

  /**
   * Fills rooms that nobody was in before, and lets them be for as long as the plan says.
   *
   * @param entries how many there are to be; each client makes an equal part of them
   */
  static Outcome run(
      Fleet fleet, LoadPlan plan, int entries, @Nullable ServerProbe probe, Progress progress)
      throws InterruptedException {
    FillRun fill = new FillRun(fleet, plan.window(), entries);
    long cpuBefore = ServerProbe.cpuNanosOf(probe);
    long before = System.nanoTime();
    fill.fill();
    long nanos = System.nanoTime() - before;
    Bench.hold("settling", SETTLING_SECONDS, progress);
    long cpuFilled = ServerProbe.cpuNanosOf(probe);
    Bench.hold("resting", plan.seconds(), progress);
    double restingShare = (ServerProbe.cpuNanosOf(probe) - cpuFilled) / 1e9 / plan.seconds();
    return fill.outcome(nanos, cpuFilled - cpuBefore, restingShare);
  }

  private void fill() throws InterruptedException {
    fleet.attend(this);
    for (Client client : fleet.clients()) {
      client.lane().loop().execute(() -> begin(client));
    }
    Bench.awaitOr(over, PATIENCE_SECONDS, this::abandon);
  }

  private void begin(Client client) {
    for (int i = 0; i < window; i++) {
      next(client);
    }
    client.lane().flush();
  }

  private void next(Client client) {
    // Each client counts on its own loop.
    int number = begun[client.index()]++;
    if (number < share) {
      client.enter(client.room().name() + "-" + number);
    }
  }

  @Override
  public void joined(Client client) {}

  @Override
  public synchronized void entered(Client client) {
    entered++;
    answered(client);
  }

  @Override
  public synchronized void turnedAway(Client client, String code) {
    failures.merge(code, 1L, Long::sum);
    answered(client);
  }

  @Override
  public synchronized void lost(Client client, String reason) {
    failures.merge(reason, 1L, Long::sum);
  }

  private void answered(Client client) {
    answered++;
    if (answered == share * begun.length) {
      over.complete(null);
    } else {
      next(client);
    }
  }

  private synchronized void abandon() {
    failures.put("never answered", (long) share * begun.length - answered);
  }

  private synchronized Outcome outcome(long nanos, long cpuNanos, double restingShare) {
    double seconds = nanos / 1e9;
    JsonObject json =
        new JsonObject()
            .put("entries", entered)
            .put("failures", failures)
            .put("seconds", seconds)
            .put("serverCpuSeconds", cpuNanos / 1e9)
            .put("restingCpuShare", restingShare);
    String text =
        String.format(
            Locale.ROOT,
            "%,d entries in %.2f s (%,.0f/s), failures %s; server %.2f s CPU, %.0f µs an entry;"
                + " then at rest %.1f %% of a processor%n",
            entered,
            seconds,
            entered / Math.max(1e-9, seconds),
            failures,
            cpuNanos / 1e9,
            cpuNanos / 1e3 / Math.max(1, entered),
            restingShare * 100);
    return new Outcome(new JsonObject().put("fill", json), text, failures.isEmpty());
  }
}
