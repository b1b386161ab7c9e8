package dev.starling.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The set of dots a replica has seen: a version vector whose gaps are kept as ranges, so that a
 * long run beyond a gap costs no more than a short one (Almeida et al. 2018, section 7.2, with
 * intervals for its cloud). Immutable; equal sets are {@link #equals equal}.
 */
public final class CausalContext {
  /** No dot seen. */
  public static final CausalContext EMPTY = new CausalContext(new TreeMap<>());

  private final TreeMap<ReplicaId, CounterRanges> seen;

  private CausalContext(TreeMap<ReplicaId, CounterRanges> seen) {
    this.seen = seen;
  }

  /** The context that holds exactly these dots. */
  public static CausalContext of(Iterable<Dot> dots) {
    List<DotRange> ranges = new ArrayList<>();
    dots.forEach(dot -> ranges.add(new DotRange(dot.replica(), dot.counter(), dot.counter())));
    return ofRanges(ranges);
  }

  /** The context that holds exactly the dots in these ranges, which may overlap. */
  public static CausalContext ofRanges(Iterable<DotRange> ranges) {
    TreeMap<ReplicaId, List<DotRange>> byReplica = new TreeMap<>();
    for (DotRange range : ranges) {
      byReplica.computeIfAbsent(range.replica(), absent -> new ArrayList<>()).add(range);
    }
    TreeMap<ReplicaId, CounterRanges> seen = new TreeMap<>();
    byReplica.forEach((replica, own) -> seen.put(replica, together(own)));
    return new CausalContext(seen);
  }

  /** Halves are put together first, so that many ranges cost little more than sorting them. */
  private static CounterRanges together(List<DotRange> ranges) {
    if (ranges.size() == 1) {
      return CounterRanges.of(ranges.getFirst().first(), ranges.getFirst().last());
    }
    int half = ranges.size() / 2;
    return together(ranges.subList(0, half)).union(together(ranges.subList(half, ranges.size())));
  }

  /** Whether {@code dot} has been seen. */
  public boolean contains(Dot dot) {
    return of(dot.replica()).contains(dot.counter());
  }

  /** Whether every dot of {@code other} is in this context too. */
  public boolean covers(CausalContext other) {
    return other.seen.entrySet().stream()
        .allMatch(entry -> of(entry.getKey()).covers(entry.getValue()));
  }

  /** Whether no dot is in both. */
  public boolean disjoint(CausalContext other) {
    return minus(other).equals(this);
  }

  /** The dot that {@code replica} mints next: one above everything of its own seen here. */
  public Dot next(ReplicaId replica) {
    return new Dot(replica, of(replica).highest() + 1);
  }

  /** This context with one more dot. */
  public CausalContext with(Dot dot) {
    if (contains(dot)) {
      return this;
    }
    TreeMap<ReplicaId, CounterRanges> more = new TreeMap<>(seen);
    more.merge(dot.replica(), CounterRanges.of(dot.counter(), dot.counter()), CounterRanges::union);
    return new CausalContext(more);
  }

  /** The union of both sets. */
  public CausalContext union(CausalContext other) {
    if (covers(other)) {
      return this;
    }
    TreeMap<ReplicaId, CounterRanges> both = new TreeMap<>(seen);
    other.seen.forEach((replica, theirs) -> both.merge(replica, theirs, CounterRanges::union));
    return new CausalContext(both);
  }

  /** The dots that are here and not in the other one. */
  public CausalContext minus(CausalContext other) {
    if (other.isEmpty()) {
      return this;
    }
    TreeMap<ReplicaId, CounterRanges> rest = new TreeMap<>();
    seen.forEach((replica, mine) -> {
      CounterRanges left = mine.minus(other.of(replica));
      if (!left.isEmpty()) {
        rest.put(replica, left);
      }
    });
    return new CausalContext(rest);
  }

  /** The dots that are in both. */
  public CausalContext intersection(CausalContext other) {
    return minus(minus(other));
  }

  /** The dots of one replica alone. */
  public CausalContext only(ReplicaId replica) {
    TreeMap<ReplicaId, CounterRanges> own = new TreeMap<>();
    CounterRanges ranges = seen.get(replica);
    if (ranges != null) {
      own.put(replica, ranges);
    }
    return new CausalContext(own);
  }

  /** Whether there is no dot. */
  public boolean isEmpty() {
    return seen.isEmpty();
  }

  /** Whose dots there are; an unmodifiable view in order. */
  public SortedSet<ReplicaId> replicas() {
    return Collections.unmodifiableSortedSet(seen.navigableKeySet());
  }

  /** All dots as the fewest ranges, in the order of replicas and counters. */
  public List<DotRange> ranges() {
    List<DotRange> ranges = new ArrayList<>();
    seen.forEach((replica, own) -> {
      for (int range = 0; range < own.count(); range++) {
        ranges.add(new DotRange(replica, own.first(range), own.last(range)));
      }
    });
    return ranges;
  }

  /** The gapless prefix of each replica that has one, in replica order. */
  public SortedMap<ReplicaId, Long> vector() {
    TreeMap<ReplicaId, Long> vector = new TreeMap<>();
    for (Map.Entry<ReplicaId, CounterRanges> entry : seen.entrySet()) {
      if (entry.getValue().first(0) == 1) {
        vector.put(entry.getKey(), entry.getValue().last(0));
      }
    }
    return vector;
  }

  /** How many ranges there are beyond a gap: what this set costs beside a version vector. */
  public int gaps() {
    int gaps = 0;
    for (CounterRanges own : seen.values()) {
      gaps += own.first(0) == 1 ? own.count() - 1 : own.count();
    }
    return gaps;
  }

  private CounterRanges of(ReplicaId replica) {
    CounterRanges ranges = seen.get(replica);
    return ranges == null ? CounterRanges.EMPTY : ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CausalContext that && seen.equals(that.seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }

  @Override
  public String toString() {
    return seen.toString();
  }
}
