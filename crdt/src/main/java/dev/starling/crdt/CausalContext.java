package dev.starling.crdt;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The set of dots a replica has seen: a version vector for the gapless prefixes and a cloud for
 * dots beyond a gap (Almeida et al. 2018, section 7.2). Immutable; every operation returns a
 * context in normal form, so that equal sets are {@link #equals equal}.
 */
public final class CausalContext {
  /** No dot seen. */
  public static final CausalContext EMPTY = new CausalContext(new TreeMap<>(), new TreeSet<>());

  private final TreeMap<ReplicaId, Long> vector;
  private final TreeSet<Dot> cloud;

  private CausalContext(TreeMap<ReplicaId, Long> vector, TreeSet<Dot> cloud) {
    this.vector = vector;
    this.cloud = cloud;
  }

  /** The context that holds exactly these dots. */
  public static CausalContext of(Iterable<Dot> dots) {
    TreeSet<Dot> cloud = new TreeSet<>();
    dots.forEach(cloud::add);
    return new CausalContext(new TreeMap<>(), cloud).compacted();
  }

  /** Whether {@code dot} has been seen. */
  public boolean contains(Dot dot) {
    return dot.counter() <= prefix(dot.replica()) || cloud.contains(dot);
  }

  /** Whether every dot of {@code other} is in this context too. */
  public boolean covers(CausalContext other) {
    for (var entry : other.vector.entrySet()) {
      if (!containsUpTo(entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return other.cloud.stream().allMatch(this::contains);
  }

  /** The dot that {@code replica} mints next: one above everything of its own seen here. */
  public Dot next(ReplicaId replica) {
    Dot last = cloud.floor(new Dot(replica, Long.MAX_VALUE));
    long beyondGap = last != null && last.replica().equals(replica) ? last.counter() : 0;
    return new Dot(replica, Math.max(prefix(replica), beyondGap) + 1);
  }

  /** This context with one more dot. */
  public CausalContext with(Dot dot) {
    if (contains(dot)) {
      return this;
    }
    TreeSet<Dot> more = new TreeSet<>(cloud);
    more.add(dot);
    return new CausalContext(new TreeMap<>(vector), more).compacted();
  }

  /** The union of both sets. */
  public CausalContext union(CausalContext other) {
    if (covers(other)) {
      return this;
    }
    TreeMap<ReplicaId, Long> highest = new TreeMap<>(vector);
    other.vector.forEach((replica, counter) -> highest.merge(replica, counter, Math::max));
    TreeSet<Dot> both = new TreeSet<>(cloud);
    both.addAll(other.cloud);
    return new CausalContext(highest, both).compacted();
  }

  /** The gapless prefix of each replica; an unmodifiable view in replica order. */
  public SortedMap<ReplicaId, Long> vector() {
    return Collections.unmodifiableSortedMap(vector);
  }

  /** The dots beyond a gap; an unmodifiable view in dot order. */
  public SortedSet<Dot> cloud() {
    return Collections.unmodifiableSortedSet(cloud);
  }

  private long prefix(ReplicaId replica) {
    Long counter = vector.get(replica);
    return counter == null ? 0 : counter;
  }

  private boolean containsUpTo(ReplicaId replica, long counter) {
    long missing = counter - prefix(replica);
    if (missing <= 0) {
      return true;
    }
    SortedSet<Dot> beyond =
        cloud.subSet(new Dot(replica, prefix(replica) + 1), true, new Dot(replica, counter), true);
    return beyond.size() == missing;
  }

  /** Moves every cloud dot that closes a gap into the vector; called on freshly made maps only. */
  private CausalContext compacted() {
    cloud.removeIf(dot -> {
      long prefix = prefix(dot.replica());
      if (dot.counter() == prefix + 1) {
        vector.put(dot.replica(), dot.counter());
      }
      return dot.counter() <= prefix + 1;
    });
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CausalContext that
        && vector.equals(that.vector)
        && cloud.equals(that.cloud);
  }

  @Override
  public int hashCode() {
    return 31 * vector.hashCode() + cloud.hashCode();
  }

  @Override
  public String toString() {
    return vector + "+" + cloud;
  }
}
