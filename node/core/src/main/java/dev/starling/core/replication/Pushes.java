package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Push;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.DeltaBuffer;
import dev.starling.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What other owners of a room are sent and what they are known to hold: each owner of the region,
 * and of every other region one at a time, for all of them. Not thread-safe.
 */
final class Pushes {
  /** What stands before the name of a region among the names of nodes, none of which has it. */
  private static final String REGION = "@";

  /** What is under way to one receiver. */
  private static final class Flight {
    private int deltas;
    private long sentNanos;
    private long unansweredNanos = Long.MAX_VALUE;
    private int turn;
    private @Nullable ReplicaId life;
    private CausalContext holds = CausalContext.EMPTY;
  }

  private final Room room;
  private final Surroundings at;
  private final DeltaBuffer<String, Change> buffer;
  private final TreeMap<String, Flight> flights = new TreeMap<>();

  Pushes(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
    this.buffer = new DeltaBuffer<>(Change.LATTICE, at.config.bufferBytes());
  }

  /** Owners may have changed, and lives of them. */
  void review() {
    TreeSet<String> wanted = new TreeSet<>();
    if (room.isAllowedIn(at.region)) {
      wanted.addAll(at.regionalOwners(room.shard));
      wanted.remove(at.self.node());
    }
    for (String region : at.otherRegions()) {
      if (room.isAllowedIn(region) && !at.view().ring().owners(room.shard, region).isEmpty()) {
        wanted.add(REGION + region);
      }
    }
    for (String gone : new ArrayList<>(flights.keySet())) {
      if (!wanted.contains(gone)) {
        flights.remove(gone);
        buffer.removePeer(gone);
      }
    }
    for (String peer : wanted) {
      ReplicaId life = at.view().lifeOf(peer);
      Flight flight = flights.get(peer);
      if (flight == null || (life != null && !life.equals(flight.life))) {
        buffer.removePeer(peer);
        buffer.addPeer(peer);
        Flight fresh = new Flight();
        fresh.life = life;
        flights.put(peer, fresh);
      }
    }
  }

  /** An operation of this owner: everybody is to hear of it. */
  void add(Change change) {
    buffer.addFor(change, peer -> true);
  }

  /**
   * Something that another node sent: an owner of this region tells the others itself, one of
   * another region leaves this region's to us.
   */
  void pass(Change change, String from) {
    if (!at.isRegional(from)) {
      buffer.addFor(change, peer -> !isRegion(peer) && !peer.equals(from));
    }
  }

  /** Something that nobody else may have told of. */
  void spread(Change change, String from) {
    buffer.add(change, from);
  }

  /** Sends what may be sent now; whether something is left for later. */
  boolean flush() {
    boolean more = false;
    for (var each : flights.entrySet()) {
      more |= flush(each.getKey(), each.getValue());
    }
    return more;
  }

  private boolean flush(String peer, Flight flight) {
    String to = receiver(peer, flight);
    long interval = isRegion(peer) ? at.config.wanPushNanos() : at.config.regionPushNanos();
    while (to != null && at.takes(to)) {
      boolean early = at.nowNanos() - flight.sentNanos < interval;
      if (flight.deltas >= at.config.pushDeltas() && early) {
        return true;
      }
      DeltaBuffer.Batch<Change> batch = buffer.fresh(peer, at.config.batchBytes());
      if (batch == null) {
        break;
      }
      at.send(to, new Push(room.name, batch.delta(), at.epochMillis()));
      flight.deltas += batch.deltas();
      flight.sentNanos = at.nowNanos();
      if (flight.unansweredNanos == Long.MAX_VALUE) {
        flight.unansweredNanos = at.nowNanos();
      }
    }
    return buffer.owes(peer);
  }

  /** What goes unanswered for long is sent again, to another owner of a region. */
  void resend() {
    flights.forEach((peer, flight) -> {
      boolean owed = buffer.owes(peer);
      if (owed && at.nowNanos() - flight.unansweredNanos >= at.config.resendNanos()) {
        again(peer, flight);
      }
    });
  }

  private void again(String peer, Flight flight) {
    flight.turn++;
    flight.deltas = 0;
    flight.unansweredNanos = Long.MAX_VALUE;
    buffer.rewind(peer);
    flush(peer, flight);
  }

  /** A link broke, or is new: what was under way on it is lost. */
  void relinked(String node) {
    flights.forEach((peer, flight) -> {
      if (peer.equals(node) || peer.equals(REGION + at.view().regionOf(node))) {
        flight.deltas = 0;
        flight.unansweredNanos = Long.MAX_VALUE;
        buffer.rewind(peer);
      }
    });
  }

  /** A node says what it holds, or its region where it is in another one. */
  void acknowledged(String from, CausalContext holds) {
    String peer = at.isRegional(from) ? from : REGION + at.view().regionOf(from);
    Flight flight = flights.get(peer);
    if (flight == null) {
      return;
    }
    flight.deltas = 0;
    flight.holds = flight.holds.union(holds);
    CausalContext all = flight.holds;
    buffer.acknowledge(peer, change -> all.covers(change.delta().context()));
    flight.unansweredNanos = buffer.owes(peer) ? at.nowNanos() : Long.MAX_VALUE;
    if (all.covers(room.state.context())) {
      buffer.caughtUp(peer);
    }
  }

  /** The other owners that hold some dots: names of nodes of this region, and other regions. */
  List<String> holders(CausalContext dots) {
    List<String> holders = new ArrayList<>();
    flights.forEach((peer, flight) -> {
      if (flight.holds.covers(dots)) {
        holders.add(peer);
      }
    });
    return holders;
  }

  /** How many others there are that could hold something. */
  int others() {
    return flights.size();
  }

  /**
   * What at least one other owner of this region holds of some dots, or all where there is none.
   */
  CausalContext heldBeside(CausalContext dots) {
    CausalContext held = CausalContext.EMPTY;
    boolean alone = true;
    for (var each : flights.entrySet()) {
      if (!isRegion(each.getKey())) {
        alone = false;
        held = held.union(each.getValue().holds.intersection(dots));
      }
    }
    return alone ? dots : held;
  }

  /** The owners of this region that don't hold all that was seen here. */
  List<String> regionalLaggards() {
    CausalContext seen = room.seen();
    List<String> laggards = new ArrayList<>();
    flights.forEach((peer, flight) -> {
      if (!isRegion(peer) && !flight.holds.covers(seen)) {
        laggards.add(peer);
      }
    });
    return laggards;
  }

  /** Whether everybody was told everything, and said so. */
  boolean isIdle() {
    return flights.keySet().stream().noneMatch(buffer::owes);
  }

  static boolean isRegion(String peer) {
    return peer.startsWith(REGION);
  }

  /** Who stands for a receiver now; null where there is no link to anybody of it. */
  private @Nullable String receiver(String peer, Flight flight) {
    if (!isRegion(peer)) {
      return at.isLinked(peer) ? peer : null;
    }
    List<String> linked = new ArrayList<>();
    for (String owner : at.view().ring().owners(room.shard, peer.substring(REGION.length()))) {
      if (at.isLinked(owner)) {
        linked.add(owner);
      }
    }
    return linked.isEmpty() ? null : linked.get(Math.floorMod(flight.turn, linked.size()));
  }
}
