package dev.starling.tools.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Measures one target, in one piece or in several. */
final class Bench {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Fleet fleet;
  private final LoadPlan plan;
  private final @Nullable ServerProbe probe;
  private final Tally total = new Tally();
  private long cpuNanos;
  private long ownCpuNanos;
  private long nanos;
  private long residentBytes;
  private final @Nullable MemoryWatch memory;

  /**
   * @param probe of the server, where its process is known
   */
  Bench(Fleet fleet, LoadPlan plan, @Nullable ServerProbe probe) {
    this.fleet = fleet;
    this.plan = plan;
    this.probe = probe;
    memory =
        probe == null || plan.sampleSeconds() == 0
            ? null
            : new MemoryWatch(probe, plan.sampleSeconds());
  }

  /** Sends without measuring; what goes wrong counts all the same. */
  void warmUp(Progress progress) throws InterruptedException {
    warmUp(pacing(), progress);
  }

  /** The same as fast as it goes, so that a compiler has seen everything. */
  void warmUpAtOnce(Progress progress) throws InterruptedException {
    warmUp(lane -> new ClosedPacer(lane, plan.window()), progress);
  }

  private void warmUp(Function<Lane, Pacer> pacing, Progress progress) throws InterruptedException {
    if (plan.warmupSeconds() > 0) {
      fleet.start(pacing);
      hold("warming up", plan.warmupSeconds(), progress);
      fleet.stop();
      fleet.drain();
      total.addComplaints(fleet.takeTally());
    }
  }

  /** Sends and measures, adding to what was measured before. */
  void measure(String task, double seconds, Progress progress) throws InterruptedException {
    long cpuBefore = ServerProbe.cpuNanosOf(probe);
    long ownCpuBefore = ownCpuNanos();
    long before = System.nanoTime();
    fleet.start(pacing());
    if (plan.churnPerSecond() > 0) {
      fleet.startChurn(plan.churnPerSecond());
    }
    hold(task, seconds, progress, memory);
    if (plan.churnPerSecond() > 0) {
      fleet.stopChurn();
    }
    fleet.stop();
    fleet.drain();
    nanos += System.nanoTime() - before;
    ownCpuNanos += ownCpuNanos() - ownCpuBefore;
    if (probe != null) {
      cpuNanos += probe.cpuNanos() - cpuBefore;
      residentBytes = probe.residentBytes();
    }
    total.add(fleet.takeTally());
  }

  Figures figures() {
    return new Figures(
        total,
        nanos,
        ownCpuNanos,
        memory,
        probe == null ? null : new Figures.Usage(probe.pids(), cpuNanos, residentBytes));
  }

  private static long ownCpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** Waits for what comes by itself, and for no longer than that. */
  static void awaitOr(CompletableFuture<Void> over, long seconds, Runnable giveUp)
      throws InterruptedException {
    try {
      over.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException never) {
      giveUp.run();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Lets time pass. */
  static void hold(String task, double seconds, Progress progress) throws InterruptedException {
    hold(task, seconds, progress, null);
  }

  private static void hold(
      String task, double seconds, Progress progress, @Nullable MemoryWatch memory)
      throws InterruptedException {
    if (memory != null) {
      memory.begin();
    }
    long start = System.nanoTime();
    long length = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    progress.begin(task, TimeUnit.NANOSECONDS.toMillis(length));
    for (long past = 0; past < length; past = System.nanoTime() - start) {
      LockSupport.parkNanos(Math.min(LOOK_NANOS, length - past));
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while " + task);
      }
      if (memory != null) {
        memory.look();
      }
      progress.reach(TimeUnit.NANOSECONDS.toMillis(past));
    }
    progress.end();
  }

  private Function<Lane, Pacer> pacing() {
    double perLane = plan.perSecond() / plan.loops();
    return plan.isSaturation()
        ? lane -> new ClosedPacer(lane, plan.window())
        : lane -> lane.pairs().isEmpty() ? Pacer.NONE : new OpenPacer(lane, perLane);
  }
}
