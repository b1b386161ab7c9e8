package dev.starling.server.host;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares by key: while somebody holds one, and until its rates have recovered. Bounded: where it is
 * full of shares that are held or remember something, new keys are turned away. Thread-safe; only
 * keys that meet in the map wait for each other.
 */
final class ShareTable<K, S extends Share> {
  private static final long SWEEP_NANOS = 1_000_000_000;

  private final int capacity;
  private final Supplier<S> maker;
  private final ConcurrentHashMap<K, S> shares = new ConcurrentHashMap<>();
  private final AtomicLong sweptAtNanos = new AtomicLong(-SWEEP_NANOS);

  ShareTable(int capacity, Supplier<S> maker) {
    this.capacity = capacity;
    this.maker = maker;
  }

  /**
   * Holds a key's share.
   *
   * @param admits whether it takes one holder more
   * @return null where it doesn't, or where there is no place for the key
   */
  @Nullable S hold(K key, Predicate<S> admits, long nowNanos) {
    if (shares.size() >= capacity && !shares.containsKey(key) && !makePlace(nowNanos)) {
      return null;
    }
    boolean[] admitted = new boolean[1];
    S held =
        shares.compute(
            key,
            (same, known) -> {
              S share = known == null ? maker.get() : known;
              admitted[0] = admits.test(share);
              if (admitted[0]) {
                share.hold();
              }
              return share;
            });
    return admitted[0] ? held : null;
  }

  /** Lets go of what {@link #hold} gave. */
  void letGo(K key, long nowNanos) {
    shares.computeIfPresent(
        key,
        (same, share) -> {
          share.letGo();
          return share.idle(nowNanos) ? null : share;
        });
  }

  /** How many keys are known. */
  int size() {
    return shares.size();
  }

  /** Forgets what can be forgotten, once a second at most: each time costs a look at everything. */
  private boolean makePlace(long nowNanos) {
    long last = sweptAtNanos.get();
    if (nowNanos - last >= SWEEP_NANOS && sweptAtNanos.compareAndSet(last, nowNanos)) {
      for (K key : shares.keySet()) {
        shares.computeIfPresent(key, (same, share) -> share.idle(nowNanos) ? null : share);
      }
    }
    return shares.size() < capacity;
  }
}
