package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.CatchUp;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.membership.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Which shards this node serves: those that it owns once it has caught up with another one that
 * serves, or with all others where nobody does yet; and those that it owned until their new owners
 * have everything. Not thread-safe.
 */
final class Standings {
  private static final class Standing {
    private boolean serving;

    /** Whether another owner has told what it had. */
    private boolean met;

    private long sinceNanos;
    private final TreeSet<String> awaited = new TreeSet<>();
  }

  private final Surroundings at;
  private final Rooms rooms;
  private final AntiEntropy antiEntropy;
  private final IntPredicate shards;
  private final TreeMap<Integer, Standing> standings = new TreeMap<>();

  /**
   * @param shards which are this one's to serve
   */
  Standings(Surroundings at, Rooms rooms, AntiEntropy antiEntropy, IntPredicate shards) {
    this.at = at;
    this.rooms = rooms;
    this.antiEntropy = antiEntropy;
    this.shards = shards;
  }

  /** Whether this node takes operations of a shard. */
  boolean serves(int shard) {
    Standing standing = standings.get(shard);
    return standing != null && standing.serving;
  }

  /** Whether this node takes operations of a room now. */
  boolean mayOperate(String name) {
    Room room = rooms.get(name);
    int shard = Ring.shardOf(name);
    boolean serves = room == null ? owns(shard) && serves(shard) : servesRoom(room);
    if (!serves || (room != null && !room.isAllowedIn(at.region))) {
      return false;
    }
    if (at.isAhead()) {
      at.count(Loss.CLOCK_AHEAD);
      return false;
    }
    return true;
  }

  /** A former owner serves what it hasn't handed over yet, and knows nothing of the rest. */
  boolean servesRoom(Room room) {
    boolean has = owns(room.shard) || room.ownership() != null;
    return has && serves(room.shard);
  }

  /** Whether this node owns a shard by the present view. */
  boolean owns(int shard) {
    return at.regionalOwners(shard).contains(at.self.node());
  }

  /** The shards that this node owned and doesn't any more. */
  List<Integer> former() {
    List<Integer> former = new ArrayList<>();
    for (int shard : standings.keySet()) {
      if (!owns(shard)) {
        former.add(shard);
      }
    }
    return former;
  }

  /** Whether none of its shards waits for others; not before the first view. */
  boolean servesAll() {
    return at.viewNumber() > 0 && standings.values().stream().allMatch(each -> each.serving);
  }

  /** Whether no shard waits for an owner to take it over. */
  boolean isHandedOver() {
    return standings.keySet().stream().allMatch(shard -> at.regionalOwners(shard).isEmpty());
  }

  /** Takes a new view in. */
  void review(ClusterView before) {
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      if (shards.test(shard) && owns(shard)) {
        Standing standing = standings.get(shard);
        if (standing == null || servesUnseen(standing)) {
          begin(shard, before);
        }
      }
    }
    standings.forEach(this::settle);
  }

  /** Whether it serves only since there was nobody to catch up with; there may be somebody now. */
  private static boolean servesUnseen(Standing standing) {
    return standing.serving && !standing.met && standing.awaited.isEmpty();
  }

  private void begin(int shard, ClusterView before) {
    Standing standing = new Standing();
    standing.sinceNanos = at.nowNanos();
    standing.awaited.addAll(at.regionalOwners(shard));
    standing.awaited.addAll(before.ring().owners(shard, at.region));
    standing.awaited.remove(at.self.node());
    if (standing.awaited.isEmpty()) {
      for (String region : at.otherRegions()) {
        standing.awaited.addAll(at.view().ring().owners(shard, region));
      }
    }
    standings.put(shard, standing);
    standing.awaited.forEach(peer -> ask(shard, peer));
  }

  private void ask(int shard, String peer) {
    at.send(peer, new CatchUp(shard, antiEntropy.sums(shard, "", peer).rooms()));
  }

  /** A link is new: asks for what was awaited from there. */
  void connected(String peer) {
    standings.forEach((shard, standing) -> {
      if (!standing.serving && standing.awaited.contains(peer)) {
        ask(shard, peer);
      }
    });
  }

  /** Another owner has sent everything. */
  void caughtUp(String from, int shard, boolean serving) {
    Standing standing = standings.get(shard);
    if (standing != null && standing.awaited.remove(from)) {
      standing.met = true;
      standing.serving |= serving;
      settle(shard, standing);
    }
  }

  private void settle(int shard, Standing standing) {
    standing.awaited.removeIf(peer -> !lives(peer));
    if (standing.awaited.isEmpty()) {
      standing.serving = true;
    }
  }

  private boolean lives(String peer) {
    ClusterView.Node node = at.view().nodes().get(peer);
    return node != null && node.live() && !at.view().unreachable().contains(node.region());
  }

  /** Who was waited for long enough isn't waited for any more. */
  void tick() {
    for (Standing standing : standings.values()) {
      standing.serving |= at.nowNanos() - standing.sinceNanos >= at.config.catchUpNanos();
    }
  }

  /** The last room of a shard that was owned before has gone to its new owners. */
  void leave(int shard) {
    standings.remove(shard);
  }

  /** A new owner asks for everything but what it has the same of. */
  void catchUp(String from, CatchUp asked, Repairs repairs) {
    repairs.pass(from, asked.shard(), asked.rooms(), serves(asked.shard()));
  }
}
