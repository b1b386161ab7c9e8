package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The retired replicas that a room remembers, and which of their dots may be forgotten here: those
 * whose replacements were seen. What was minted anew may be retired once more, so dots that are
 * forgotten still count as seen. Not thread-safe.
 */
final class Retirements {
  private final TreeMap<ReplicaId, Retirement> byReplica = new TreeMap<>();
  private CausalContext gone = CausalContext.EMPTY;

  /** The dots that are forgotten here and ignored where they come again. */
  CausalContext gone() {
    return gone;
  }

  /** Whether a replica is retired, forgotten or not. */
  boolean contains(ReplicaId replica) {
    return byReplica.containsKey(replica);
  }

  /** All dots of a replica that any record speaks of. */
  CausalContext spokenOf(ReplicaId replica) {
    Retirement own = byReplica.get(replica);
    return own == null ? CausalContext.EMPTY : own.gone();
  }

  /** The retired replicas of whose dots a context holds some that no record speaks of. */
  List<ReplicaId> unspoken(CausalContext context) {
    List<ReplicaId> unspoken = new ArrayList<>();
    byReplica.forEach((dead, record) -> {
      if (!record.gone().covers(context.only(dead))) {
        unspoken.add(dead);
      }
    });
    return unspoken;
  }

  /**
   * Joins records in.
   *
   * @param context what this replica has seen, without what it has forgotten
   */
  void merge(NavigableMap<ReplicaId, Retirement> theirs, CausalContext context) {
    theirs.forEach((replica, record) -> byReplica.merge(replica, record, Retirement::merge));
    settle(context);
  }

  /** Finds the dots that may be forgotten, again until one round finds no more. */
  void settle(CausalContext context) {
    CausalContext before;
    do {
      before = gone;
      for (Retirement record : byReplica.values()) {
        if (context.union(gone).covers(record.after())) {
          gone = gone.union(record.gone());
        }
      }
    } while (!gone.equals(before));
  }

  /** Drops the records that were declared before a time, milliseconds since 1970. */
  void forgetBefore(long epochMillis) {
    byReplica
        .entrySet()
        .removeIf(entry -> {
          boolean old = entry.getValue().atMillis() < epochMillis;
          gone = old ? gone.minus(entry.getValue().gone()) : gone;
          return old;
        });
  }

  /** All records; a copy. */
  NavigableMap<ReplicaId, Retirement> all() {
    return new TreeMap<>(byReplica);
  }

  /** Those of another's records that say more than the ones here. */
  NavigableMap<ReplicaId, Retirement> novel(NavigableMap<ReplicaId, Retirement> theirs) {
    TreeMap<ReplicaId, Retirement> novel = new TreeMap<>();
    theirs.forEach((replica, record) -> {
      Retirement mine = byReplica.get(replica);
      if (mine == null || !mine.merge(record).equals(mine)) {
        novel.put(replica, record);
      }
    });
    return novel;
  }

  static NavigableMap<ReplicaId, Retirement> join(
      NavigableMap<ReplicaId, Retirement> mine, NavigableMap<ReplicaId, Retirement> theirs) {
    TreeMap<ReplicaId, Retirement> both = new TreeMap<>(mine);
    theirs.forEach((replica, record) -> both.merge(replica, record, Retirement::merge));
    return both;
  }
}
