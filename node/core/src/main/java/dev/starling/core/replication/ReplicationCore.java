package dev.starling.core.replication;

import dev.starling.core.replication.ReplicationInput.Ask;
import dev.starling.core.replication.ReplicationInput.Blocked;
import dev.starling.core.replication.ReplicationInput.Connected;
import dev.starling.core.replication.ReplicationInput.Disconnected;
import dev.starling.core.replication.ReplicationInput.Order;
import dev.starling.core.replication.ReplicationInput.Ready;
import dev.starling.core.replication.ReplicationInput.Received;
import dev.starling.core.replication.ReplicationInput.Restored;
import dev.starling.core.replication.ReplicationInput.Stored;
import dev.starling.core.replication.ReplicationInput.ViewChanged;
import dev.starling.core.replication.ReplicationInput.Woken;
import dev.starling.core.replication.ReplicationOutput.WakeAt;
import dev.starling.core.room.RoomStanding;
import dev.starling.crdt.ReplicaId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in all rooms of some shards: as one of their owners, and for the sessions that it
 * hosts. A node has one of these for each of its event loops, and every message about a shard goes
 * to the one that has the shard. Deterministic, not re-entrant, one thread at a time; no I/O.
 */
public final class ReplicationCore {
  private static final long TICK_NANOS = 50_000_000;

  private final Surroundings at;
  private final Rooms rooms;
  private final Repairs repairs;
  private final AntiEntropy antiEntropy;
  private final Standings standings;
  private final Housekeeping housekeeping;
  private final Peers peers;
  private final Orders orders;
  private final Errands errands;
  private final Requests requests;
  private final ActiveRooms active;
  private long regionDigestNanos;
  private long wanDigestNanos;
  private long wakeNanos;
  private boolean sweeping;

  /**
   * @param self this life of this node
   * @param region where it is
   * @param shards which of the node's shards are this one's
   */
  public ReplicationCore(
      ReplicaId self, String region, IntPredicate shards, ReplicationConfig config) {
    this.at = new Surroundings(self, region, config);
    this.rooms = new Rooms(at);
    this.repairs = new Repairs(at, rooms);
    this.antiEntropy = new AntiEntropy(at, rooms, repairs);
    this.standings = new Standings(at, rooms, antiEntropy, shards);
    Verification verification = new Verification(at, rooms);
    this.housekeeping = new Housekeeping(at, rooms, standings, verification);
    this.orders = new Orders(at, rooms, standings);
    this.errands = new Errands(at);
    this.requests = new Requests(at, rooms, standings, errands);
    this.peers =
        new Peers(at, rooms, standings, antiEntropy, repairs, verification, orders, errands);
    this.active = new ActiveRooms(at, rooms, peers);
  }

  /**
   * Advances replication by one input.
   *
   * @param nowNanos monotonic time
   * @param epochMillis wall clock, for stamps
   */
  public void step(
      ReplicationInput input,
      long nowNanos,
      long epochMillis,
      Consumer<? super ReplicationOutput> out) {
    at.begin(nowNanos, epochMillis, out);
    switch (input) {
      case ViewChanged changed -> view(changed.view());
      case Connected connected -> connected(connected.peer());
      case Disconnected gone -> disconnected(gone.peer());
      case Blocked blocked -> at.blocked(blocked.peer(), true);
      case Ready ready -> {
        at.blocked(ready.peer(), false);
        rooms.all().forEach(room -> active.add(room.name));
        active.tick();
      }
      case Received received -> received(received.peer(), received.message());
      case Restored restored -> {
        rooms.restore(restored.room(), restored.all());
        active.add(restored.room());
      }
      case Stored stored -> stored(stored.room(), stored.sequence());
      case Ask ask -> {
        requests.take(ask);
        active.add(ask.room());
      }
      case Order order -> {
        orders.take(order);
        active.add(order.room());
      }
      case Woken woken -> tick();
    }
    repairs.drain();
    wake();
  }

  private void view(ClusterView newer) {
    ClusterView before = at.view();
    if (newer.equals(before)) {
      return; // What is news elsewhere, such as a load, changes nothing here.
    }
    at.view(newer);
    standings.review(before);
    housekeeping.review(before);
    boolean healed = !newer.unreachable().containsAll(before.unreachable());
    boolean asBefore = newer.unreachable().equals(before.unreachable());
    for (Room room : rooms.all()) {
      if (!asBefore) {
        Followed.tellOutages(at, room, before.unreachable());
      }
      Ownership owned = room.ownership();
      if (owned != null) {
        owned.pushes().review();
        owned.settle();
      }
      if (room.following() != null) {
        room.followed().review();
      }
    }
    requests.comeHome(active.names());
    if (healed) {
      antiEntropy.compareAcross();
    }
  }

  private void connected(ReplicaId peer) {
    if (at.isLinked(peer.node())) {
      disconnected(peer.node());
    }
    at.connected(peer);
    standings.connected(peer.node());
    for (Room room : rooms.all()) {
      Ownership owned = room.ownership();
      if (owned != null) {
        owned.pushes().relinked(peer.node());
        owned.settle();
      }
      if (room.following() != null) {
        room.followed().review();
      }
    }
    antiEntropy.compareWith(peer.node());
  }

  private void disconnected(String peer) {
    at.disconnected(peer);
    repairs.forget(peer);
    orders.disconnected(peer);
    errands.disconnected(peer);
    for (Room room : rooms.all()) {
      Ownership owned = room.ownership();
      if (owned != null) {
        owned.disconnected(peer);
      }
      if (room.following() != null) {
        room.followed().turnAway(peer, false);
        active.add(room.name);
      }
    }
  }

  private void received(String from, PeerMessage message) {
    if (!at.isLinked(from)) {
      return;
    }
    peers.received(from, message);
    if (message instanceof PeerMessage.OfRoom about) {
      active.add(about.room());
    } else if (message instanceof PeerMessage.CaughtUp) {
      requests.comeHome(active.names());
    }
  }

  private void stored(String name, long sequence) {
    Room room = rooms.get(name);
    if (room != null) {
      room.writings.done(sequence);
      Ownership owned = room.ownership();
      if (owned != null) {
        owned.settle();
      }
    }
  }

  private void tick() {
    standings.tick();
    orders.tick();
    errands.tick();
    requests.comeHome(active.names());
    active.tick();
    veil();
    sweeping = housekeeping.tick();
    if (at.nowNanos() - regionDigestNanos >= at.config.regionDigestNanos()) {
      regionDigestNanos = at.nowNanos();
      antiEntropy.compareInRegion();
    }
    if (at.nowNanos() - wanDigestNanos >= at.config.wanDigestNanos()) {
      wanDigestNanos = at.nowNanos();
      antiEntropy.compareAcross();
    }
  }

  /** Members of regions that can't be reached are shown no more after a while. */
  private void veil() {
    if (at.hidden.pass(at.nowNanos())) {
      for (Room room : rooms.all()) {
        room.audience.veil(
            at.hidden.regions(),
            room.state.members(),
            output -> Followed.pass(at, room.name, output));
      }
    }
  }

  private void wake() {
    boolean soon = sweeping || !active.isEmpty() || !repairs.isEmpty();
    long pause = soon ? TICK_NANOS : at.config.regionDigestNanos();
    long due =
        Math.max(
            at.nowNanos() + TICK_NANOS, Math.min(housekeeping.dueNanos(), at.hidden.dueNanos()));
    long next = Math.min(at.nowNanos() + pause, due);
    if (wakeNanos <= at.nowNanos() || next < wakeNanos) {
      wakeNanos = next;
      at.emit(new WakeAt(next));
    }
  }

  /** The names of the rooms that it has something of; a copy. */
  public List<String> names() {
    return rooms.all().stream().map(room -> room.name).toList();
  }

  /**
   * A node takes no more for now, as {@link Blocked} says, but from within a step on: the rest of
   * the step leaves what can wait for later.
   */
  public void blocked(String peer) {
    at.blocked(peer, true);
  }

  /** Whether this node serves all shards that it owns. */
  public boolean servesAll() {
    return standings.servesAll();
  }

  /** Whether other owners, where there are any, have everything of all that this node owned. */
  public boolean isHandedOver() {
    return standings.isHandedOver();
  }

  /** How many rooms it has something of. */
  public int rooms() {
    return rooms.size();
  }

  /** What this node has of a room, for operators; null where it has nothing. */
  public @Nullable RoomStanding standing(String name) {
    Room room = rooms.get(name);
    return room == null ? null : room.standing(standings.serves(room.shard));
  }

  /** A room's newest state here, for tests; null where it isn't kept here. */
  public @Nullable RoomReplica replica(String name) {
    Room room = rooms.get(name);
    return room == null ? null : room.replica();
  }
}
