package dev.starling.server.store;

import java.util.HashMap;
import java.util.Map;

/** Where each room's deltas end, kept in memory so that writing needs no reading. */
final class Tails {
  /** The last write's number, and what came since the snapshot. */
  static final class Tail {
    private long last;
    private int deltas;
    private long bytes;
    private long snapshotBytes;

    long append(int length) {
      deltas++;
      bytes += length;
      last++;
      return last;
    }

    /** A snapshot has a number too: without it, the deltas after it would seem to follow. */
    long fold(int length) {
      snapshotBytes = length;
      deltas = 0;
      bytes = 0;
      last++;
      return last;
    }
  }

  /** So many times what makes a snapshot due is taken; it must fit into memory at the start. */
  private static final int SLACK = 8;

  private final int foldDeltas;
  private final int foldBytes;
  private final Map<String, Tail> tails = new HashMap<>();

  Tails(StoreConfig config) {
    this.foldDeltas = config.foldDeltas();
    this.foldBytes = config.foldBytes();
  }

  void found(StoredRoom room) {
    Tail tail = new Tail();
    tail.last = room.last();
    byte[] snapshot = room.snapshot();
    tail.snapshotBytes = snapshot == null ? 0 : snapshot.length;
    tail.deltas = room.deltas().size();
    tail.bytes = room.deltas().stream().mapToLong(delta -> delta.length).sum();
    tails.put(room.name(), tail);
  }

  boolean has(String room) {
    return tails.containsKey(room);
  }

  /** A room's, made where it is new. */
  Tail of(String room) {
    return tails.computeIfAbsent(room, made -> new Tail());
  }

  void remove(String room) {
    tails.remove(room);
  }

  boolean foldDue(String room) {
    return atLeast(room, 1);
  }

  /** Whether nothing can be appended before a snapshot. */
  boolean foldOverdue(String room) {
    return atLeast(room, SLACK);
  }

  /** A large room isn't written as a whole for a little: at least half of it must have come. */
  private boolean atLeast(String room, long times) {
    Tail tail = tails.get(room);
    return tail != null
        && (tail.deltas >= times * foldDeltas || tail.bytes >= times * foldBytes)
        && tail.bytes >= tail.snapshotBytes / 2;
  }

  int size() {
    return tails.size();
  }
}
