package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Mending;
import dev.starling.core.replication.PeerMessage.Ranges;
import dev.starling.core.replication.PeerMessage.Verify;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.RoomRepair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what owners hold who have seen the same, and mends what differs: a fault of somebody's
 * memory or disk, which comparing contexts can't find. Not thread-safe.
 */
final class Verification {
  private final Surroundings at;
  private final Rooms rooms;
  private long turn;

  Verification(Surroundings at, Rooms rooms) {
    this.at = at;
    this.rooms = rooms;
  }

  /** Has a room of which this is its region's first owner compared with another's. */
  void compare(Room room) {
    List<String> others = new ArrayList<>(at.regionalOwners(room.shard));
    for (String region : at.otherRegions()) {
      String owner = at.linkedOwner(room.shard, region);
      if (owner != null && room.isAllowedIn(region)) {
        others.add(owner);
      }
    }
    others.removeIf(peer -> peer.equals(at.self.node()) || !at.takes(peer));
    if (!others.isEmpty()) {
      turn++;
      String peer = others.get((int) Math.floorMod(turn, (long) others.size()));
      at.send(peer, new Verify(room.name, room.state.digest()));
    }
  }

  /** Another owner doubts that both hold the same. */
  void take(String from, PeerMessage.Doubt doubt) {
    switch (doubt) {
      case Verify theirs -> compared(from, theirs);
      case Ranges theirs -> narrowed(from, theirs);
      case Mending theirs -> mend(from, theirs);
    }
  }

  private @Nullable Room owned(String name, String from) {
    Room room = rooms.get(name);
    if (room == null || room.ownership() == null) {
      return null;
    }
    return room.isAllowedIn(at.view().regionOf(from)) ? room : null;
  }

  private void compared(String from, Verify theirs) {
    Room room = owned(theirs.room(), from);
    if (room == null) {
      return;
    }
    RoomDigest mine = room.state.digest();
    for (ReplicaId origin : mine.corrupt(theirs.digest())) {
      at.count(Loss.CORRUPT);
      List<RoomRepair.RangeHash> hashes = new ArrayList<>();
      for (DotRange range : mine.context().only(origin).ranges()) {
        hashes.addAll(RoomRepair.hashes(room.state, range));
      }
      tell(from, room, hashes);
    }
  }

  private void tell(String to, Room room, List<RoomRepair.RangeHash> hashes) {
    for (int i = 0; i < hashes.size(); i += PeerMessage.MAX_ROOMS) {
      int end = Math.min(hashes.size(), i + PeerMessage.MAX_ROOMS);
      at.send(to, new Ranges(room.name, room.state.context(), hashes.subList(i, end)));
    }
  }

  private void narrowed(String from, Ranges theirs) {
    Room room = owned(theirs.room(), from);
    if (room == null || !room.state.context().equals(theirs.context())) {
      return; // What has changed meanwhile is compared again later.
    }
    for (DotRange range : RoomRepair.differing(room.state, theirs.hashes())) {
      if (range.last() - range.first() < RoomRepair.FEW_DOTS) {
        send(from, room, range, true);
      } else {
        tell(from, room, RoomRepair.hashes(room.state, range));
      }
    }
  }

  private void send(String to, Room room, DotRange range, boolean asks) {
    at.send(to, new Mending(room.name, range, RoomRepair.mending(room.state, range), asks));
  }

  private void mend(String from, Mending theirs) {
    Room room = owned(theirs.room(), from);
    Ownership owned = room == null ? null : room.ownership();
    if (room == null || owned == null) {
      return;
    }
    if (theirs.asks()) {
      send(from, room, theirs.range(), false);
    }
    owned.mend(theirs.mending());
  }
}
