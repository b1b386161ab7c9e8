package dev.starling.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/**
 * An observed-remove map without tombstones: entries by the dot that minted them, also found by a
 * key of which several may hold entries written at once (Almeida et al. 2018, section 7). The
 * causal context is the owner's, since several of these share it. Not thread-safe.
 */
final class DotMap<V> {
  private final Function<? super V, String> keyOf;
  private final ToLongFunction<? super V> weightOf;
  private final TreeMap<Dot, V> byDot = new TreeMap<>();
  private final TreeMap<String, TreeMap<Dot, V>> byKey = new TreeMap<>();
  private long heldBytes;

  /**
   * @param keyOf what an entry is found by
   * @param weightOf about how many bytes it takes up
   */
  DotMap(Function<? super V, String> keyOf, ToLongFunction<? super V> weightOf) {
    this.keyOf = keyOf;
    this.weightOf = weightOf;
  }

  /** The entries of a key; read only. */
  NavigableMap<Dot, V> of(String key) {
    TreeMap<Dot, V> entries = byKey.get(key);
    return entries == null
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(entries);
  }

  /** All keys that have entries; read only. */
  NavigableSet<String> keys() {
    return Collections.unmodifiableNavigableSet(byKey.navigableKeySet());
  }

  /** All entries; read only. */
  NavigableMap<Dot, V> entries() {
    return Collections.unmodifiableNavigableMap(byDot);
  }

  long heldBytes() {
    return heldBytes;
  }

  /**
   * Joins entries in: one survives where both sides have it, or where one hasn't seen it yet. The
   * cost follows what the other side speaks of, not the size of this map.
   *
   * @param theirContext what the other side speaks of
   * @param context what this side had seen
   * @param changing told of each key before its entries change
   */
  void merge(
      NavigableMap<Dot, V> theirs,
      CausalContext theirContext,
      CausalContext context,
      Consumer<String> changing) {
    removedBy(theirs, theirContext).forEach(dot -> remove(dot, changing));
    theirs.forEach((dot, value) -> {
      if (!context.contains(dot)) {
        put(dot, value, changing);
      }
    });
  }

  /** Puts an entry in the place of what the dot stood for. */
  void put(Dot dot, V value, Consumer<String> changing) {
    remove(dot, changing);
    String key = keyOf.apply(value);
    changing.accept(key);
    byDot.put(dot, value);
    byKey.computeIfAbsent(key, absent -> new TreeMap<>()).put(dot, value);
    heldBytes += weightOf.applyAsLong(value);
  }

  /** Takes in entries that are missing here, or that differ and hash higher. */
  void mend(
      NavigableMap<Dot, V> theirs, ToLongBiFunction<Dot, V> hashOf, Consumer<String> changing) {
    theirs.forEach((dot, value) -> {
      V mine = byDot.get(dot);
      if (mine == null || hashOf.applyAsLong(dot, mine) < hashOf.applyAsLong(dot, value)) {
        put(dot, value, changing);
      }
    });
  }

  /** Removes an entry where there is one. */
  void remove(Dot dot, Consumer<String> changing) {
    V value = byDot.get(dot);
    if (value == null) {
      return;
    }
    String key = keyOf.apply(value);
    changing.accept(key);
    byDot.remove(dot);
    byKey.computeIfPresent(
        key,
        (same, entries) -> {
          entries.remove(dot);
          return entries.isEmpty() ? null : entries;
        });
    heldBytes -= weightOf.applyAsLong(value);
  }

  /** The live dots that a context holds. */
  List<Dot> seenBy(CausalContext context) {
    List<Dot> seen = new ArrayList<>();
    for (DotRange range : context.ranges()) {
      seen.addAll(in(range).keySet());
    }
    return seen;
  }

  /** The live dots that a context holds and that the other side no longer has. */
  List<Dot> removedBy(NavigableMap<Dot, V> theirs, CausalContext theirContext) {
    List<Dot> removed = seenBy(theirContext);
    removed.removeIf(theirs::containsKey);
    return removed;
  }

  /** Entries whose dots a context doesn't hold; a copy. */
  static <V> NavigableMap<Dot, V> unseen(NavigableMap<Dot, V> entries, CausalContext context) {
    TreeMap<Dot, V> unseen = new TreeMap<>();
    // Mostly few are: a copy of all to take out from would cost the most.
    entries.forEach((dot, value) -> {
      if (!context.contains(dot)) {
        unseen.put(dot, value);
      }
    });
    return unseen;
  }

  /** The entries whose dots a context holds; a copy. */
  NavigableMap<Dot, V> within(CausalContext context) {
    TreeMap<Dot, V> within = new TreeMap<>();
    for (DotRange range : context.ranges()) {
      within.putAll(in(range));
    }
    return within;
  }

  private NavigableMap<Dot, V> in(DotRange range) {
    return byDot.subMap(
        new Dot(range.replica(), range.first()),
        true,
        new Dot(range.replica(), range.last()),
        true);
  }

  /** The join of two such maps that nobody else holds. */
  static <V> NavigableMap<Dot, V> join(
      NavigableMap<Dot, V> mine,
      CausalContext context,
      NavigableMap<Dot, V> theirs,
      CausalContext theirContext) {
    TreeMap<Dot, V> both = new TreeMap<>(mine);
    both.keySet().removeIf(dot -> theirContext.contains(dot) && !theirs.containsKey(dot));
    theirs.forEach((dot, value) -> {
      if (!context.contains(dot)) {
        both.put(dot, value);
      }
    });
    return both;
  }
}
