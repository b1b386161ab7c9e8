package dev.starling.core.replication;

import dev.starling.core.protocol.Outage;
import dev.starling.core.replication.ReplicationOutput.Counted;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.replication.ReplicationOutput.Send;
import dev.starling.crdt.ClockGuard;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.ReplicaId;
import dev.starling.membership.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all parts of one node's replication share: who and when it is, and whom it reaches. */
final class Surroundings {
  final ReplicaId self;
  final String region;
  final ReplicationConfig config;
  final HybridClock clock = new HybridClock();
  final ClockGuard guard;
  final HiddenRegions hidden;
  private final TreeSet<String> links = new TreeSet<>();
  private final TreeSet<String> blocked = new TreeSet<>();
  private ClusterView view = new ClusterView(new TreeMap<>(), Ring.of(List.of()), List.of());
  private Consumer<? super ReplicationOutput> out = output -> {};
  private long nowNanos;
  private long epochMillis;
  private long lastTicket;
  private long viewNumber;
  private final TreeMap<String, Long> outages = new TreeMap<>();

  Surroundings(ReplicaId self, String region, ReplicationConfig config) {
    this.self = self;
    this.region = region;
    this.config = config;
    this.hidden = new HiddenRegions(config);
    this.guard = new ClockGuard(config.clockMillis());
  }

  void begin(long nanos, long millis, Consumer<? super ReplicationOutput> consumer) {
    nowNanos = nanos;
    epochMillis = millis;
    out = consumer;
  }

  long nowNanos() {
    return nowNanos;
  }

  long epochMillis() {
    return epochMillis;
  }

  ClusterView view() {
    return view;
  }

  /** Which view it is: another number for another view. */
  long viewNumber() {
    return viewNumber;
  }

  void view(ClusterView newer) {
    view = newer;
    viewNumber++;
    hidden.review(newer.unreachable(), nowNanos);
    outages.keySet().retainAll(newer.unreachable());
    newer.unreachable().forEach(cut -> outages.putIfAbsent(cut, epochMillis));
  }

  /** The regions of a room that can't be reached, and since when. */
  List<Outage> outages(Room room) {
    List<Outage> cut = new ArrayList<>();
    outages.forEach((name, since) -> {
      if (room.isAllowedIn(name)) {
        cut.add(new Outage(name, since));
      }
    });
    return cut;
  }

  void emit(ReplicationOutput output) {
    out.accept(output);
  }

  void count(Loss loss) {
    emit(new Counted(loss));
  }

  void connected(ReplicaId peer) {
    links.add(peer.node());
    blocked.remove(peer.node());
  }

  void disconnected(String peer) {
    links.remove(peer);
    blocked.remove(peer);
  }

  void blocked(String peer, boolean now) {
    if (now) {
      blocked.add(peer);
    } else {
      blocked.remove(peer);
    }
  }

  boolean isLinked(String peer) {
    return links.contains(peer);
  }

  /** Whether a node takes what can wait: pushes, updates and repairs. */
  boolean takes(String peer) {
    return links.contains(peer) && !blocked.contains(peer);
  }

  /** Sends where a link is open; else it is as if it had been lost with the link. */
  void send(String peer, PeerMessage message) {
    if (links.contains(peer)) {
      emit(new Send(peer, message));
    }
  }

  boolean isRegional(String peer) {
    return view.regionOf(peer).equals(region);
  }

  /** Whether a view has no other node of this region that lives. */
  boolean isAlone(ClusterView seen) {
    return seen.nodes().values().stream()
        .noneMatch(node ->
            node.live() && node.region().equals(region) && !node.life().node().equals(self.node()));
  }

  /** The owners of a shard in this region. */
  List<String> regionalOwners(int shard) {
    return view.ring().owners(shard, region);
  }

  /** The other regions that own a shard and can be reached. */
  List<String> otherRegions() {
    List<String> others = new ArrayList<>(view.ring().regions());
    others.remove(region);
    others.removeAll(view.unreachable());
    return others;
  }

  /** The first owner of a shard in a region to whom there is a link; null where there is none. */
  @Nullable String linkedOwner(int shard, String ofRegion) {
    for (String owner : view.ring().owners(shard, ofRegion)) {
      if (isLinked(owner)) {
        return owner;
      }
    }
    return null;
  }

  /** From when on records of retired replicas are kept, milliseconds since 1970. */
  long oldestRetirementMillis() {
    return epochMillis - config.retirementNanos() / 1_000_000;
  }

  /** A number that no request of this node has had. */
  long nextTicket() {
    return ++lastTicket;
  }

  /** Whether this node's clock runs so far ahead that it must not write. */
  boolean isAhead() {
    return guard.isAhead(epochMillis);
  }
}
