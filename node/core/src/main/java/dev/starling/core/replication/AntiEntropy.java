package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Lacking;
import dev.starling.core.replication.PeerMessage.NextSums;
import dev.starling.core.replication.PeerMessage.RoomSum;
import dev.starling.core.replication.PeerMessage.RoomSums;
import dev.starling.core.replication.PeerMessage.Seen;
import dev.starling.core.replication.PeerMessage.ShardSum;
import dev.starling.crdt.CausalContext;
import dev.starling.membership.StableHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what owners of a shard missed, whatever the reason: sums of shards, then of rooms, then
 * contexts of those that differ, then differences. Of two owners the one with the smaller name
 * lists its rooms, so that both don't. Not thread-safe.
 */
final class AntiEntropy {
  private record Listing(String peer, int shard) implements Comparable<Listing> {
    @Override
    public int compareTo(Listing other) {
      int byPeer = peer.compareTo(other.peer);
      return byPeer != 0 ? byPeer : Integer.compare(shard, other.shard);
    }
  }

  private final Surroundings at;
  private final Rooms rooms;
  private final Repairs repairs;
  private final TreeMap<Listing, Long> listed = new TreeMap<>();
  private long turn;

  AntiEntropy(Surroundings at, Rooms rooms, Repairs repairs) {
    this.at = at;
    this.rooms = rooms;
    this.repairs = repairs;
  }

  /** Compares each shard with one other owner of the region. */
  void compareInRegion() {
    turn++;
    listed.values().removeIf(nanos -> at.nowNanos() - nanos > at.config.regionDigestNanos());
    for (int shard : rooms.shards()) {
      List<String> peers = new ArrayList<>(at.regionalOwners(shard));
      peers.remove(at.self.node());
      peers.removeIf(peer -> !at.takes(peer));
      if (!peers.isEmpty()) {
        compare(shard, peers.get((int) Math.floorMod(turn, (long) peers.size())));
      }
    }
  }

  /** Compares each shard with one owner of each other region, the first owner for all of this. */
  void compareAcross() {
    for (int shard : rooms.shards()) {
      if (isSpeaker(shard)) {
        for (String region : at.otherRegions()) {
          String peer = at.linkedOwner(shard, region);
          if (peer != null && at.takes(peer)) {
            compare(shard, peer);
          }
        }
      }
    }
  }

  /**
   * A link is new: compares at once what both own, and between regions, what both own first. Much
   * may be missing, so rooms are listed right away.
   */
  void compareWith(String peer) {
    String region = at.view().regionOf(peer);
    boolean regional = region.equals(at.region);
    boolean lists = at.self.node().compareTo(peer) < 0;
    for (int shard : rooms.shards()) {
      List<String> theirs = at.view().ring().owners(shard, region);
      boolean both = theirs.contains(peer);
      boolean first = both && theirs.getFirst().equals(peer) && isFirst(at.regionalOwners(shard));
      if (first && !regional && lists) {
        list(shard, peer);
      } else if (regional ? both : first) {
        compare(shard, peer);
      }
    }
  }

  private boolean isFirst(List<String> owners) {
    return !owners.isEmpty() && owners.getFirst().equals(at.self.node());
  }

  /** Whether this owner speaks for its region: the first of those that it has links to. */
  private boolean isSpeaker(int shard) {
    for (String owner : at.regionalOwners(shard)) {
      if (owner.equals(at.self.node()) || at.isLinked(owner)) {
        return owner.equals(at.self.node());
      }
    }
    return false;
  }

  private void compare(int shard, String peer) {
    at.send(peer, sum(shard, peer));
  }

  private ShardSum sum(int shard, String peer) {
    String region = at.view().regionOf(peer);
    int count = 0;
    long hash = 0;
    for (Room room : rooms.ownedIn(shard).values()) {
      if (room.isToldIn(region)) {
        count++;
        hash += StableHash.mix(StableHash.of(room.name) ^ room.summary());
      }
    }
    return new ShardSum(shard, count, hash);
  }

  void compared(String from, ShardSum theirs) {
    ShardSum mine = sum(theirs.shard(), from);
    if (mine.equals(theirs)) {
      return;
    }
    if (at.self.node().compareTo(from) > 0) {
      at.send(from, mine);
      return;
    }
    Long before = listed.get(new Listing(from, theirs.shard()));
    if (before == null || at.nowNanos() - before > at.config.regionDigestNanos() / 2) {
      list(theirs.shard(), from);
    }
  }

  private void list(int shard, String peer) {
    listed.put(new Listing(peer, shard), at.nowNanos());
    at.send(peer, sums(shard, "", peer));
  }

  /** The list of this node's rooms after a name. */
  RoomSums sums(int shard, String after, String peer) {
    String region = at.view().regionOf(peer);
    List<RoomSum> sums = new ArrayList<>();
    for (Room room : rooms.ownedIn(shard).tailMap(after, false).values()) {
      if (sums.size() == PeerMessage.MAX_ROOMS) {
        return new RoomSums(shard, after, sums.getLast().room(), sums);
      }
      if (room.isToldIn(region)) {
        sums.add(new RoomSum(room.name, room.summary()));
      }
    }
    return new RoomSums(shard, after, null, sums);
  }

  /** Another owner lists its rooms: asks for what is lacking here, and sends what it hasn't. */
  void listed(String from, RoomSums theirs) {
    TreeMap<String, Long> bySum = new TreeMap<>();
    theirs.rooms().forEach(sum -> bySum.put(sum.room(), sum.summary()));
    String region = at.view().regionOf(from);
    List<Seen> lacking = new ArrayList<>();
    bySum.forEach((name, summary) -> {
      Room room = rooms.ownedIn(theirs.shard()).get(name);
      boolean known = room != null && (room.summary() == summary || !room.isAllowedIn(region));
      if (!known) {
        Seen seen = new Seen(name, room == null ? CausalContext.EMPTY : room.seen());
        repairs.asks(from, name, seen.context());
        lacking.add(seen);
      }
    });
    between(theirs.shard(), theirs.after(), theirs.through())
        .forEach((name, room) -> {
          if (!bySum.containsKey(name) && room.isToldIn(region)) {
            repairs.add(from, name, CausalContext.EMPTY);
          }
        });
    if (!lacking.isEmpty()) {
      at.send(from, new Lacking(theirs.shard(), lacking));
    }
    String through = theirs.through();
    if (through != null) {
      at.send(from, new NextSums(theirs.shard(), through));
    }
  }

  private Map<String, Room> between(int shard, String after, @Nullable String through) {
    var tail = rooms.ownedIn(shard).tailMap(after, false);
    if (through == null) {
      return tail;
    }
    return through.compareTo(after) > 0 ? tail.headMap(through, true) : Map.of();
  }
}
