package dev.starling.server.ring.carrier;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerUser;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams between this node and all others that live, as the ring sees them. Each peer belongs
 * to one loop, on which its users are told everything about it. Thread-safe.
 */
public final class Carrier {
  private static final Logger log = LoggerFactory.getLogger(Carrier.class);

  /** More than a ring has; whoever calls beyond it is refused. */
  private static final int MOST_PEERS = 1_024;

  private final EventLoopGroup loops;
  private final Dialing dialing;
  private final LongSupplier nanos;
  private final CarrierCounts counts = new CarrierCounts();
  private final ConcurrentHashMap<String, Peer> peers = new ConcurrentHashMap<>();
  private final Map<String, Told> told = new TreeMap<>();
  private List<Fact> facts = List.of();
  private volatile NodeId self;
  private volatile @Nullable Service service;
  private volatile boolean closing;

  /** Who uses it, and how much may wait. */
  private record Service(CarrierConfig config, Users users) {}

  /** What a peer's loop was told of it last. */
  private record Told(NodeId id, @Nullable Endpoint streams) {}

  /**
   * @param loops their owner ends them
   * @param self this life of this node
   * @param nanos monotonic time
   */
  public Carrier(EventLoopGroup loops, Dialing dialing, NodeId self, LongSupplier nanos) {
    this.loops = loops;
    this.dialing = dialing;
    this.self = self;
    this.nanos = nanos;
  }

  /** Opens streams and takes those of others from now on; called once. */
  public synchronized void serve(CarrierConfig config, Map<FrameClass, PeerUser> users) {
    service = new Service(config, new Users(users));
    spread();
  }

  /**
   * What the ring knows now.
   *
   * @param life this node's own
   */
  public synchronized void see(NodeId life, List<Fact> known) {
    self = life;
    facts = known;
    spread();
  }

  /** Tells each peer's loop what is new about it. */
  private void spread() {
    if (service == null || closing) {
      return;
    }
    Map<String, Told> vanished = new TreeMap<>(told);
    for (Fact fact : facts) {
      NodeInfo info = fact.info();
      vanished.remove(fact.node().name());
      if (fact.status().isLive() && info != null) {
        tell(new Told(fact.node(), info.streams()));
      } else if (!fact.status().isLive()) {
        tell(new Told(fact.node(), null));
      }
    }
    vanished.values().forEach(this::forget);
  }

  /** Nobody knows of it any more: it would have to come as a stranger. */
  private void forget(Told former) {
    String name = former.id().name();
    told.remove(name);
    Peer peer = peers.remove(name);
    if (peer != null) {
      peer.loop().execute(() -> peer.over(former.id()));
    }
  }

  private void tell(Told news) {
    String name = news.id().name();
    if (name.equals(self.name()) || news.equals(told.put(name, news))) {
      return;
    }
    Peer peer = peer(name, null);
    Endpoint streams = news.streams();
    if (peer == null) {
      log.warn("there are more than {} nodes; {} gets no stream", MOST_PEERS, name);
    } else if (streams == null) {
      peer.loop().execute(() -> peer.over(news.id()));
    } else {
      peer.loop().execute(() -> peer.lives(news.id(), streams));
    }
  }

  /**
   * A peer, made now where it isn't known; null where there are too many.
   *
   * @param loop the one that it gets then, or null for any
   */
  @Nullable Peer peer(String name, @Nullable EventLoop loop) {
    Peer known = peers.get(name);
    if (known != null || closing || peers.size() >= MOST_PEERS) {
      return known;
    }
    return peers.computeIfAbsent(
        name, fresh -> new Peer(fresh, loop == null ? loops.next() : loop, this));
  }

  NodeId self() {
    return self;
  }

  LongSupplier nanos() {
    return nanos;
  }

  Dialing dialing() {
    return dialing;
  }

  /** Whether it takes streams already, and still. */
  boolean isServing() {
    return service != null && !closing;
  }

  /** A stream over a call that both sides have agreed to; only while it serves. */
  CarrierStream stream(NodeId peer, EventLoop loop, StreamCall call) {
    Service serving = serving();
    return new CarrierStream(peer, loop, call, serving.config(), counts, serving.users());
  }

  /** Tells the users that a life is over; on its peer's loop. */
  void gone(NodeId peer) {
    serving().users().tell(user -> user.gone(peer));
  }

  private Service serving() {
    Service serving = service;
    if (serving == null) {
      throw new IllegalStateException("nobody uses it yet");
    }
    return serving;
  }

  /** A call to a peer ended. */
  void dialEnded(String peer, Status status) {
    switch (status.getCode()) {
      case PERMISSION_DENIED, FAILED_PRECONDITION, UNAUTHENTICATED ->
          log.info("{} refuses a stream: {}", peer, status.getDescription());
      default -> log.debug("no stream to {}: {}", peer, status);
    }
  }

  /** What was carried. */
  public CarrierCounts counts() {
    return counts;
  }

  /** Ends all streams. */
  public void close() {
    synchronized (this) {
      closing = true;
    }
    for (Peer peer : new ArrayList<>(peers.values())) {
      peer.loop().execute(peer::close);
    }
  }
}
