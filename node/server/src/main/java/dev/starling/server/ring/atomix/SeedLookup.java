package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.RingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks the names of seeds up again and again, on a thread of its own: a name server may be slow,
 * and what it says changes with the cluster. All addresses of a name count, as those of a headless
 * service in Kubernetes.
 */
final class SeedLookup implements AutoCloseable {
  /** More are of no use: three are called at a time. */
  private static final int MOST_SEEDS = 256;

  private final SeedNames names;
  private final Consumer<List<Endpoint>> found;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("starling-seeds").factory());
  private final Map<RingConfig.Seed, List<Endpoint>> known = new LinkedHashMap<>();
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

  /** What is found is told at once: one name must not wait for the others. */
  private void look() {
    try {
      for (RingConfig.Seed seed : List.copyOf(known.keySet())) {
        List<Endpoint> now = names.endpoints(seed);
        // Without an answer what was found before stays: the name server may be what is gone.
        if (!now.isEmpty()) {
          known.put(seed, now);
          tell();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    List<Endpoint> all = new ArrayList<>();
    known.values().forEach(all::addAll);
    Set<Endpoint> now = new LinkedHashSet<>(all.stream().distinct().limit(MOST_SEEDS).toList());
    if (!now.equals(told)) {
      told = now;
      found.accept(List.copyOf(now));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    names.close();
  }
}
