package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.RingConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks the names of seeds up again and again, on a thread of its own: a name server may be slow,
 * and what it says changes with the cluster. All addresses of a name count, as those of a headless
 * service in Kubernetes.
 */
final class SeedLookup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedLookup.class);

  /** More are of no use: three are called at a time. */
  private static final int MOST_SEEDS = 256;

  private final List<RingConfig.Seed> seeds;
  private final Consumer<List<Endpoint>> found;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("starling-seeds").factory());
  private List<Endpoint> last = List.of();

  /**
   * @param found told the addresses when they changed, on the thread
   */
  SeedLookup(List<RingConfig.Seed> seeds, Consumer<List<Endpoint>> found) {
    this.seeds = seeds;
    this.found = found;
  }

  void start(int periodMillis) {
    thread.scheduleWithFixedDelay(this::look, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    Set<Endpoint> addresses = new LinkedHashSet<>();
    for (RingConfig.Seed seed : seeds) {
      addresses.addAll(addresses(seed));
    }
    List<Endpoint> now = addresses.stream().limit(MOST_SEEDS).toList();
    // Without an answer what was found before stays: the name server may be what is gone.
    if (!now.isEmpty() && !Set.copyOf(now).equals(Set.copyOf(last))) {
      last = now;
      found.accept(now);
    }
  }

  private static List<Endpoint> addresses(RingConfig.Seed seed) {
    List<Endpoint> endpoints = new ArrayList<>();
    try {
      for (InetAddress address : InetAddress.getAllByName(seed.host())) {
        endpoints.add(new Endpoint(literal(address), seed.port()));
      }
    } catch (UnknownHostException unknown) {
      log.debug("the seed {} has no address", seed.host());
    }
    return endpoints;
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress().split("%", 2)[0];
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
