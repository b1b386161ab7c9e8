package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.RingConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks the names of seeds up again and again, all at a time: a name server may be slow, and what
 * it says changes with the cluster. What comes of it is told on a thread of its own. All addresses
 * of a name count, as those of a headless service in Kubernetes.
 */
final class SeedLookup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedLookup.class);

  /** More are of no use: three are called at a time. */
  private static final int MOST_SEEDS = 256;

  private final SeedNames names;
  private final Consumer<List<Endpoint>> found;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("starling-seeds").factory());
  private final Map<RingConfig.Seed, List<Endpoint>> known = new LinkedHashMap<>();
  private final Set<RingConfig.Seed> asked = new HashSet<>();
  private Set<Endpoint> told = Set.of();

  /**
   * @param names asks name servers; closed with this
   * @param found told the addresses when they changed, on the thread
   */
  SeedLookup(List<RingConfig.Seed> seeds, SeedNames names, Consumer<List<Endpoint>> found) {
    this.names = names;
    this.found = found;
    seeds.forEach(seed -> known.put(seed, List.of()));
  }

  void start(int periodMillis) {
    thread.scheduleWithFixedDelay(this::look, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  /** A fault must not be the end of looking. */
  private void look() {
    for (RingConfig.Seed seed : List.copyOf(known.keySet())) {
      try {
        if (asked.add(seed)) {
          names.endpoints(seed).whenComplete((now, failed) -> answered(seed, now));
        }
      } catch (RuntimeException fault) {
        asked.remove(seed);
        log.error("the seed {} wasn't looked up; this is a fault of the server", seed, fault);
      }
    }
  }

  /** What is found is told at once: one name must not wait for the others. */
  private void answered(RingConfig.Seed seed, @Nullable List<Endpoint> now) {
    try {
      thread.execute(() -> take(seed, now == null ? List.of() : now));
    } catch (RejectedExecutionException closed) {
      log.debug("an answer came after the end of looking");
    }
  }

  private void take(RingConfig.Seed seed, List<Endpoint> now) {
    asked.remove(seed);
    // Without an answer what was found before stays: the name server may be what is gone.
    if (now.isEmpty()) {
      return;
    }
    known.put(seed, now);
    try {
      tell();
    } catch (RuntimeException fault) {
      log.error("seeds weren't taken in; this is a fault of the server", fault);
    }
  }

  private void tell() {
    List<Endpoint> all = new ArrayList<>();
    known.values().forEach(all::addAll);
    Set<Endpoint> now = new LinkedHashSet<>(all.stream().distinct().limit(MOST_SEEDS).toList());
    if (!now.equals(told)) {
      found.accept(List.copyOf(now));
      told = now;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    names.close();
  }
}
