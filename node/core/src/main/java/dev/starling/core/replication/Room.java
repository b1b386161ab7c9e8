package dev.starling.core.replication;

import dev.starling.core.replication.ReplicationOutput.Forget;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.replication.ReplicationOutput.Store;
import dev.starling.core.room.Residency;
import dev.starling.core.room.RoomAudience;
import dev.starling.core.room.RoomOperations;
import dev.starling.core.room.RoomStanding;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.EffectLog;
import dev.starling.crdt.FutureHold;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.RoomState;
import dev.starling.membership.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One room's replica on this node, whatever this node is to it. Not thread-safe. */
final class Room {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What a merge brought. */
  record Taken(Change change, RoomChanges changes) {}

  final String name;
  final int shard;
  final RoomState state;
  final RoomOperations operations;
  final RoomAudience audience;
  final EffectLog effects;
  final Writings writings;
  final Knocks knocks = new Knocks();
  private final Surroundings at;
  private final FutureHold hold;
  private @Nullable Long summary;
  private List<String> settled;
  private long merges;
  private long soundView = -1;
  private long soundMerge = -1;
  private long usedNanos;
  private long retireNanos;
  private List<String> pinned;
  private @Nullable Ownership ownership;
  private @Nullable Following following;

  /**
   * @param start what is known of the room from before
   * @param pinned the regions that it was pinned to then
   */
  Room(String name, Surroundings at, RoomDelta start, List<String> pinned) {
    this.name = name;
    this.shard = Ring.shardOf(name);
    this.at = at;
    ReplicationConfig config = at.config;
    this.state = new RoomState(at.self, config.room().chatMessages());
    state.merge(start);
    // What is left of a room is stored again with whatever comes next.
    this.writings = new Writings(state.isBlank() ? seen() : CausalContext.EMPTY);
    this.operations = new RoomOperations(name, at.self, config.room(), at.clock, state);
    this.settled = operations.policy().residency();
    this.audience = RoomAudience.ofSome(name, operations.policy());
    audience.veil(at.hidden.regions(), List.of(), output -> {});
    this.effects = new EffectLog(seen(), config.effects(), config.effectMillis());
    this.pinned = pinned;
    this.usedNanos = at.nowNanos();
    this.retireNanos = at.nowNanos();
    this.hold = new FutureHold(config.heldDeltas(), config.farMillis());
  }

  @Nullable Ownership ownership() {
    return ownership;
  }

  void own(@Nullable Ownership owned) {
    ownership = owned;
  }

  @Nullable Following following() {
    return following;
  }

  /** What this node waits for as one that isn't asked itself. */
  Following followed() {
    Following now = following;
    if (now == null) {
      now = new Following(this, at);
      following = now;
    }
    return now;
  }

  /** How many requests of sessions here wait for an owner. */
  int waiting() {
    return following == null ? 0 : following.waiting();
  }

  /** Takes in what was stored in an earlier life. */
  void restore(RoomDelta all) {
    clockNotes(all);
    RoomChanges changes = state.merge(all);
    writings.restored(seen());
    noteMerge();
    audience.publish(changes, output -> {});
  }

  /**
   * Takes in what another node sent; null where there is nothing new in it, or where it was kept or
   * refused.
   */
  @Nullable Taken take(Change change) {
    if (change.delta().isEmpty()) {
      return null;
    }
    switch (hold.offer(change.delta(), at.epochMillis())) {
      case HELD -> {
        at.count(Loss.DELTA_HELD);
        return null;
      }
      case REFUSED -> {
        at.count(Loss.DELTA_TOO_EARLY);
        return null;
      }
      case DUE -> {}
    }
    if (!state.admits(change.delta())) {
      at.count(Loss.DELTA_REFUSED);
      return null;
    }
    RoomDelta recent = change.delta().retiredSince(at.oldestRetirementMillis());
    RoomDelta novel = state.novel(recent);
    if (novel.isEmpty()) {
      return null;
    }
    clockNotes(novel);
    RoomChanges changes = state.merge(novel);
    merged(novel, changes);
    return new Taken(change.novel(novel), changes);
  }

  /** What was kept and is due by now. */
  List<Change> due() {
    List<Change> due = new ArrayList<>();
    hold.due(at.epochMillis()).forEach(delta -> due.add(new Change(delta, List.of())));
    return due;
  }

  boolean holdsFuture() {
    return hold.size() > 0;
  }

  /** Notes that the state has changed. */
  void merged(RoomDelta novel, RoomChanges changes) {
    noteMerge();
    effects.add(novel, changes, state, at.nowNanos() / NANOS_PER_MILLI);
  }

  private void noteMerge() {
    merges++;
    summary = null;
    settled = operations.policy().residency();
    pinnedTo(settled);
  }

  private void clockNotes(RoomDelta delta) {
    at.clock.observe(delta.newest(), at.epochMillis());
  }

  /** Has a delta stored; the number that is told when it is. */
  long store(RoomDelta delta) {
    long sequence = writings.add(seen());
    at.emit(new Store(name, sequence, delta));
    return sequence;
  }

  /** Has all of it stored in place of what is: what was mended can't be joined to that. */
  long storeAnew() {
    noteMerge();
    at.emit(new Forget(name));
    return store(state.full());
  }

  /** What is applied and stored here. */
  CausalContext holds() {
    return writings.stored().union(state.forgotten());
  }

  /** All that was seen, with what was forgotten since. */
  CausalContext seen() {
    return state.context().union(state.forgotten());
  }

  /** See {@link RoomDigest#summary}. */
  long summary() {
    Long known = summary;
    if (known == null) {
      known = RoomDigest.summary(state);
      summary = known;
    }
    return known;
  }

  /** What a replica lacks that has seen this. */
  Change difference(CausalContext theirs) {
    RoomDelta delta = state.difference(theirs);
    Ownership owned = ownership;
    return new Change(delta, owned == null ? List.of() : owned.departures(delta.context()));
  }

  /**
   * What this node has of it.
   *
   * @param serves whether it serves the room's shard
   */
  RoomStanding standing(boolean serves) {
    boolean owned = ownership != null;
    boolean serving = owned && serves && isAllowedIn(at.region);
    return new RoomStanding(
        state, operations.policy().settings(), owned, serving, summary(), at.outages(this));
  }

  RoomReplica replica() {
    long heldBytes = state.heldBytes() + operations.waitingBytes();
    return new RoomReplica(state, effects, ownership != null, heldBytes);
  }

  /** The regions that the room is pinned to; empty for none. */
  List<String> residency() {
    // Until something is known of it that would say so, it is where it was, or is to be.
    return settled.isEmpty() && state.isBlank() ? pinned : settled;
  }

  /**
   * Somebody asks for it who needs it to be in these regions alone; nothing where none is named.
   */
  void pinnedTo(List<String> regions) {
    if (!regions.isEmpty()) {
      pinned = regions;
    }
  }

  /** Whether a region may have anything of it. */
  boolean isAllowedIn(String region) {
    return !Residency.excludes(residency(), region);
  }

  /** Whether a region may be told what is here: not of a room of which nothing is known yet. */
  boolean isToldIn(String region) {
    return merges > 0 && isAllowedIn(region);
  }

  /** When it was last seen to be used. */
  long usedNanos() {
    return usedNanos;
  }

  void used(long nowNanos) {
    usedNanos = nowNanos;
  }

  /** When it was last looked through for replicas that are gone. */
  long retireNanos() {
    return retireNanos;
  }

  void retired(long nowNanos) {
    retireNanos = nowNanos;
    summary = null;
  }

  /**
   * Whether all its members had living hosts in the present view, and nothing has changed since.
   */
  boolean isSound() {
    return soundView == at.viewNumber() && soundMerge == merges;
  }

  void sound() {
    soundView = at.viewNumber();
    soundMerge = merges;
  }
}
