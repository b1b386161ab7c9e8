package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.RingConfig;
import io.atomix.cluster.BootstrapService;
import io.atomix.cluster.Node;
import io.atomix.cluster.discovery.NodeDiscoveryConfig;
import io.atomix.cluster.discovery.NodeDiscoveryEvent;
import io.atomix.cluster.discovery.NodeDiscoveryEventListener;
import io.atomix.cluster.discovery.NodeDiscoveryProvider;
import io.atomix.utils.event.AbstractListenerManager;
import io.atomix.utils.net.Address;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Finds seeds by the names in the settings, looked up again and again. */
final class SeedDiscovery
    extends AbstractListenerManager<NodeDiscoveryEvent, NodeDiscoveryEventListener>
    implements NodeDiscoveryProvider {
  private final SeedLookup lookup;
  private final int periodMillis;
  private volatile Map<Endpoint, Node> seeds = Map.of();

  SeedDiscovery(RingConfig config, EventLoopGroup loops) {
    this.lookup =
        new SeedLookup(config.seeds(), new SeedNames(loops, config.nameServers()), this::found);
    this.periodMillis = config.seedMillis();
  }

  /** All at once, so that a listener that asks for all of them sees no half. */
  private void found(List<Endpoint> endpoints) {
    Map<Endpoint, Node> before = seeds;
    Map<Endpoint, Node> now = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      Node known = before.get(endpoint);
      now.put(endpoint, known == null ? node(endpoint) : known);
    }
    seeds = Collections.unmodifiableMap(now);
    List<NodeDiscoveryEvent> events = new ArrayList<>();
    now.forEach((endpoint, node) -> {
      if (!before.containsKey(endpoint)) {
        events.add(new NodeDiscoveryEvent(NodeDiscoveryEvent.Type.JOIN, node));
      }
    });
    before.forEach((endpoint, node) -> {
      if (!now.containsKey(endpoint)) {
        events.add(new NodeDiscoveryEvent(NodeDiscoveryEvent.Type.LEAVE, node));
      }
    });
    events.forEach(this::post);
  }

  private static Node node(Endpoint endpoint) {
    return Node.builder()
        .withId(endpoint.toString())
        .withAddress(Address.from(endpoint.host(), endpoint.port()))
        .build();
  }

  @Override
  public Set<Node> getNodes() {
    return new LinkedHashSet<>(seeds.values());
  }

  @Override
  public CompletableFuture<Void> join(BootstrapService bootstrap, Node localNode) {
    lookup.start(periodMillis);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> leave(Node localNode) {
    lookup.close();
    return CompletableFuture.completedFuture(null);
  }

  /** The settings of this project say it all. */
  @Override
  public NodeDiscoveryConfig config() {
    throw new UnsupportedOperationException("configured by cluster.seeds");
  }
}
