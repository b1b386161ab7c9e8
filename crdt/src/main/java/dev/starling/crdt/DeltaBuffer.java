package dev.starling.crdt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one replica has learnt and its peers may not have: deltas in the order in which they came,
 * each owed to every peer but the one it came from (Enes et al., "Efficient synchronization of
 * state-based CRDTs", ICDE 2019, algorithm 2; BP). What is put in is to be novel alone (RR). A peer
 * that is owed more than is kept is behind: it needs a difference. Not thread-safe.
 *
 * @param <P> how peers are called
 * @param <D> the deltas
 */
public final class DeltaBuffer<P extends Comparable<P>, D> {

  /** What deltas can do. */
  public interface Lattice<D> {
    /** The join of all, at least one. */
    D join(List<D> deltas);

    /** How many elements it takes to keep or send, at least 0. */
    long size(D delta);
  }

  private record Owed<P, D>(D delta, long size, TreeSet<P> peers) {}

  /** What is handed out to a peer at once: the join of some deltas, and how many they are. */
  public record Batch<D>(D delta, int deltas) {}

  private final Lattice<D> lattice;
  private final long capacity;
  private final TreeMap<Long, Owed<P, D>> kept = new TreeMap<>();
  private final TreeSet<P> peers = new TreeSet<>();
  private final TreeSet<P> behind = new TreeSet<>();
  private final TreeMap<P, Long> handedOut = new TreeMap<>();
  private long size;
  private long next;

  /**
   * @param capacity how many elements are kept; beyond it the eldest deltas go
   */
  public DeltaBuffer(Lattice<D> lattice, long capacity) {
    this.lattice = lattice;
    this.capacity = capacity;
  }

  /** Takes a peer in; nothing that came before is owed to it, so it is behind. */
  public void addPeer(P peer) {
    if (peers.add(peer)) {
      behind.add(peer);
    }
  }

  /** Forgets a peer and what it was owed. */
  public void removePeer(P peer) {
    peers.remove(peer);
    behind.remove(peer);
    handedOut.remove(peer);
    acknowledge(peer, delta -> true);
  }

  /**
   * Takes in what is new here.
   *
   * @param from the peer that sent it; null where it was made here
   */
  public void add(D delta, @Nullable P from) {
    addFor(delta, peer -> !peer.equals(from));
  }

  /**
   * Takes in what is new here.
   *
   * @param owes which peers it is owed to, since others are told by somebody else
   */
  public void addFor(D delta, Predicate<? super P> owes) {
    TreeSet<P> owed = new TreeSet<>(peers);
    owed.removeIf(peer -> !owes.test(peer));
    if (owed.isEmpty()) {
      return;
    }
    long elements = lattice.size(delta);
    kept.put(next++, new Owed<>(delta, elements, owed));
    size += elements;
    while (size > capacity) {
      Owed<P, D> eldest = kept.pollFirstEntry().getValue();
      size -= eldest.size();
      behind.addAll(eldest.peers());
    }
  }

  /**
   * What a peer is owed, joined, oldest first.
   *
   * @param most how many elements at most; the first delta is never cut
   * @return null where it is owed nothing
   */
  public @Nullable D pending(P peer, long most) {
    List<D> owed = new ArrayList<>();
    long elements = 0;
    for (Owed<P, D> each : kept.values()) {
      if (each.peers().contains(peer)) {
        elements += each.size();
        if (!owed.isEmpty() && elements > most) {
          break;
        }
        owed.add(each.delta());
      }
    }
    return owed.isEmpty() ? null : lattice.join(owed);
  }

  /**
   * As {@link #pending}, of what wasn't handed out to this peer before, for links that lose nothing
   * while they last.
   *
   * @return null where there is nothing new for it
   */
  public @Nullable Batch<D> fresh(P peer, long most) {
    List<D> owed = new ArrayList<>();
    long elements = 0;
    for (var each : kept.tailMap(handedOut.getOrDefault(peer, 0L), true).entrySet()) {
      if (each.getValue().peers().contains(peer)) {
        elements += each.getValue().size();
        if (!owed.isEmpty() && elements > most) {
          break;
        }
        owed.add(each.getValue().delta());
      }
      handedOut.put(peer, each.getKey() + 1);
    }
    return owed.isEmpty() ? null : new Batch<>(lattice.join(owed), owed.size());
  }

  /** A peer's link broke: everything that it is owed is to be handed out again. */
  public void rewind(P peer) {
    handedOut.remove(peer);
  }

  /** Whether a peer is owed anything. */
  public boolean owes(P peer) {
    return kept.values().stream().anyMatch(owed -> owed.peers().contains(peer));
  }

  /** A peer says what it has seen: what it {@code holds} is no longer owed to it. */
  public void acknowledge(P peer, Predicate<? super D> holds) {
    Iterator<Owed<P, D>> each = kept.values().iterator();
    while (each.hasNext()) {
      Owed<P, D> owed = each.next();
      if (owed.peers().contains(peer) && holds.test(owed.delta())) {
        owed.peers().remove(peer);
        if (owed.peers().isEmpty()) {
          each.remove();
          size -= owed.size();
        }
      }
    }
  }

  /** Whether a peer lacks something that is no longer here. */
  public boolean isBehind(P peer) {
    return behind.contains(peer);
  }

  /** A peer has merged a difference that was made after it fell behind. */
  public void caughtUp(P peer) {
    behind.remove(peer);
  }

  /** Who is told from here; read only, in order. */
  public SortedSet<P> peers() {
    return Collections.unmodifiableSortedSet(peers);
  }

  /** How many elements are kept. */
  public long size() {
    return size;
  }
}
