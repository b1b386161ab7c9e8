package dev.starling.server.ring.atomix;

import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingHost;
import dev.starling.server.ring.RingNode;
import io.atomix.cluster.ClusterMembershipEvent;
import io.atomix.cluster.Member;
import io.atomix.cluster.impl.DefaultClusterMembershipService;
import io.atomix.cluster.impl.DefaultNodeDiscoveryService;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** This node's part in the ring, as Atomix's membership service tells of it; thread-safe. */
public final class RingMembership implements AutoCloseable {
  private final DefaultClusterMembershipService service;
  private final RingHost host;

  private RingMembership(DefaultClusterMembershipService service, RingHost host) {
    this.service = service;
    this.host = host;
  }

  /**
   * Takes part from now on.
   *
   * @param loops the event loops; their owner ends them. One of them runs the core
   * @param nanos monotonic time
   * @param listener told what happens, on that loop; it must not block
   * @param fenced told when another node lives under this one's name, on that loop
   * @throws IOException where a port, a key or a certificate can't be had; the message says which
   */
  public static RingMembership start(
      RingConfig config,
      EventLoopGroup loops,
      LongSupplier nanos,
      Consumer<? super RingEvent> listener,
      Runnable fenced)
      throws IOException {
    RingBootstrap bootstrap = new RingBootstrap(config, loops, nanos, fenced);
    RingMember self = new RingMember(new RingNode(config.self(), config.info(), true));
    RingProtocol protocol = new RingProtocol();
    DefaultClusterMembershipService service =
        new DefaultClusterMembershipService(
            self,
            self.version(),
            new DefaultNodeDiscoveryService(bootstrap, self, new SeedDiscovery(config, loops)),
            bootstrap,
            protocol);
    service.addListener(event -> listener.accept(told(event)));
    try {
      service.start().join();
    } catch (CompletionException failed) {
      service.stop().join();
      if (failed.getCause() instanceof IOException unavailable) {
        throw unavailable;
      }
      throw failed;
    }
    return new RingMembership(service, Objects.requireNonNull(protocol.host()));
  }

  private static RingEvent told(ClusterMembershipEvent event) {
    RingNode node = node(event.subject());
    return switch (event.type()) {
      case MEMBER_ADDED -> new RingEvent.Came(node);
      case METADATA_CHANGED -> new RingEvent.Described(node);
      case REACHABILITY_CHANGED -> new RingEvent.Reached(node);
      case MEMBER_REMOVED -> new RingEvent.Gone(node);
    };
  }

  /** All members come from this project's own protocol. */
  private static RingNode node(Member member) {
    return ((RingMember) member).node();
  }

  /** The nodes that live, this one included. */
  public List<RingNode> members() {
    return service.getMembers().stream().map(RingMembership::node).toList();
  }

  /** What Atomix has no words for: suspicions, deaths, goodbyes, and how this node itself does. */
  public RingHost host() {
    return host;
  }

  /** Says goodbye and ends. */
  @Override
  public void close() {
    service.stop().join();
  }
}
