package dev.starling.core.replication;

import dev.starling.core.replication.PeerMessage.Lacking;
import dev.starling.core.replication.PeerMessage.Seen;
import dev.starling.core.room.RoomRequest.Enter;
import dev.starling.crdt.Member;
import dev.starling.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done with rooms now and then, some rooms at a time: hands them over to new owners,
 * takes out members whose hosts are gone, clears rooms that nobody is in and retires replicas that
 * will not come back. Not thread-safe.
 */
final class Housekeeping {
  /** How many rooms are looked at in one step. */
  private static final int ROOMS_A_STEP = 1_024;

  private static final int MAX_MISSING = 4_096;
  private static final long MILLI = 1_000_000;

  /** How long an owner leaves to the one before it what either could do. */
  private static final long RANK_NANOS = 1_000 * MILLI;

  private static final long ROUND_NANOS = 500 * MILLI;
  private static final long LINGER_NANOS = 2_000 * MILLI;
  private static final long RETIRE_ROUND_NANOS = 60_000 * MILLI;

  private final Surroundings at;
  private final Rooms rooms;
  private final Standings standings;
  private final Verification verification;
  private final TreeMap<ReplicaId, Long> missing = new TreeMap<>();
  private String last = "";
  private long roundNanos;
  private boolean underWay;
  private long dueNanos = Long.MAX_VALUE;

  Housekeeping(Surroundings at, Rooms rooms, Standings standings, Verification verification) {
    this.at = at;
    this.rooms = rooms;
    this.standings = standings;
    this.verification = verification;
  }

  /** Notes from when on lives are over. */
  void review(ClusterView before) {
    missing.keySet().removeIf(life -> at.view().vital(life) == ClusterView.Vital.LIVING);
    for (ClusterView.Node node : before.nodes().values()) {
      if (at.view().vital(node.life()) != ClusterView.Vital.LIVING) {
        missing.putIfAbsent(node.life(), at.nowNanos());
      }
    }
    if (at.isAlone(before) && !at.isAlone(at.view())) {
      missing.keySet().removeIf(life -> at.view().vital(life) == ClusterView.Vital.UNKNOWN);
    }
    while (missing.size() > MAX_MISSING) {
      missing.remove(Collections.min(missing.entrySet(), Map.Entry.comparingByValue()).getKey());
    }
  }

  /** Looks at the next rooms; whether this round has more. */
  boolean tick() {
    boolean isDue = at.nowNanos() >= dueNanos;
    if (!underWay && !isDue && at.nowNanos() - roundNanos < ROUND_NANOS) {
      return false;
    }
    if (!underWay) {
      roundNanos = at.nowNanos();
      dueNanos = Long.MAX_VALUE;
      last = "";
      leaveEmptyShards();
    }
    List<Room> some = rooms.after(last, ROOMS_A_STEP);
    some.forEach(this::lookAfter);
    underWay = some.size() == ROOMS_A_STEP;
    if (underWay) {
      last = some.getLast().name;
    }
    return underWay;
  }

  /** When the next member is to be taken out, as far as that was seen; far off where none is. */
  long dueNanos() {
    return dueNanos;
  }

  private void leaveEmptyShards() {
    for (int shard : standings.former()) {
      if (rooms.ownedIn(shard).isEmpty()) {
        standings.leave(shard);
      }
    }
  }

  private void lookAfter(Room room) {
    Ownership owned = room.ownership();
    if (owned != null && !standings.owns(room.shard)) {
      handOver(room, owned);
    } else if (owned != null && standings.serves(room.shard)) {
      expireMembers(room, owned);
      clear(room, owned);
      retire(room, owned);
    } else if (owned == null) {
      leave(room);
    }
  }

  private void handOver(Room room, Ownership owned) {
    List<String> successors = at.regionalOwners(room.shard);
    if (successors.isEmpty() || !owned.isSettled()) {
      return;
    }
    List<String> laggards = owned.pushes().regionalLaggards();
    for (String successor : laggards) {
      if (at.takes(successor)) {
        at.send(successor, new Lacking(room.shard, List.of(new Seen(room.name, room.seen()))));
      }
    }
    if (laggards.isEmpty()) {
      owned.subscribers().dismiss();
      List<Enter> waiting = owned.dismissWaiting();
      rooms.disown(room);
      waiting.forEach(enter -> room.followed().ask(enter, List.of()));
      room.followed().dispatch();
      leave(room);
    }
  }

  private void leave(Room room) {
    Following following = room.following();
    boolean idle = following == null ? room.audience.isEmpty() : following.isIdle();
    if (!idle) {
      room.used(at.nowNanos());
      room.followed().dispatch();
    } else if (at.nowNanos() - room.usedNanos() >= LINGER_NANOS) {
      if (following != null) {
        following.endSubscription();
      }
      rooms.close(room);
    }
  }

  private int rank(int shard) {
    return Math.max(0, at.regionalOwners(shard).indexOf(at.self.node()));
  }

  private void expireMembers(Room room, Ownership owned) {
    if (room.isSound()) {
      return;
    }
    boolean sound = true;
    for (Member member : room.state.members()) {
      ClusterView.Vital vital = at.view().vital(member.host());
      if (vital == ClusterView.Vital.LIVING || !answersFor(room, member.region())) {
        continue;
      }
      sound = false;
      long left = grace(vital) + rank(room.shard) * RANK_NANOS - missedFor(member.host());
      if (left <= 0) {
        owned.expire(member.session());
      } else {
        dueNanos = Math.min(dueNanos, at.nowNanos() + left);
      }
    }
    if (sound) {
      room.sound();
    }
  }

  /** Whoever sees nobody knows little of who lives. */
  private long grace(ClusterView.Vital vital) {
    if (vital == ClusterView.Vital.OVER) {
      return at.config.graceNanos();
    }
    return at.isAlone(at.view())
        ? at.config.retireNanos()
        : Math.max(at.config.graceNanos(), at.config.unknownHostNanos());
  }

  private long missedFor(ReplicaId life) {
    Long since = missing.putIfAbsent(life, at.nowNanos());
    return since == null ? 0 : at.nowNanos() - since;
  }

  /** A region's own owners judge about its hosts; the first other one where it has none. */
  private boolean answersFor(Room room, String region) {
    if (region.equals(at.region)) {
      return true;
    }
    boolean orphaned =
        !at.view().unreachable().contains(region)
            && at.view().ring().owners(room.shard, region).isEmpty();
    return orphaned && isFirstRegion(room);
  }

  private boolean isFirstRegion(Room room) {
    String first =
        at.view().ring().regions().stream().filter(room::isAllowedIn).findFirst().orElse("");
    return first.equals(at.region);
  }

  /** What is left of a room that nobody is in goes after a while, then the room itself. */
  private void clear(Room room, Ownership owned) {
    boolean used =
        room.state.size() > 0
            || room.operations.waitingBytes() > 0
            || !owned.subscribers().isEmpty()
            || (room.following() != null && !room.followed().isIdle());
    if (used) {
      room.used(at.nowNanos());
      return;
    }
    long vacant = at.nowNanos() - room.usedNanos();
    long kept = at.config.room().vacantNanos() + rank(room.shard) * RANK_NANOS;
    if (!room.operations.policy().isBare() && vacant >= kept) {
      owned.apply(rooms.emptied(room));
    } else if (room.operations.policy().isBare() && vacant >= LINGER_NANOS && owned.isSettled()) {
      rooms.disown(room);
      rooms.close(room);
    }
  }

  private void retire(Room room, Ownership owned) {
    if (at.nowNanos() - room.retireNanos() < RETIRE_ROUND_NANOS) {
      return;
    }
    room.retired(at.nowNanos());
    room.state.dropRetirements(at.oldestRetirementMillis());
    boolean first = rank(room.shard) == 0;
    if (first) {
      verification.compare(room);
    }
    ReplicaId dead = first ? toRetire(room) : null;
    if (dead != null) {
      owned.apply(room.state.retire(dead, at.epochMillis()));
    }
  }

  private @Nullable ReplicaId toRetire(Room room) {
    List<ReplicaId> candidates = new ArrayList<>(room.state.toRetireAgain());
    for (ReplicaId replica : room.state.context().replicas()) {
      String region = at.view().regionOf(replica.node());
      boolean ours = region.equals(at.region) || (region.isEmpty() && isFirstRegion(room));
      if (ours
          && at.view().vital(replica) != ClusterView.Vital.LIVING
          && missedFor(replica) >= at.config.retireNanos()) {
        candidates.add(replica);
      }
    }
    return candidates.isEmpty() ? null : candidates.getFirst();
  }
}
