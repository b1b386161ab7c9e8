package dev.starling.sim.node;

import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What a machine keeps of rooms when its process ends: records in the order in which they were
 * written. What was still being written then is there in part.
 */
public final class Disk {
  private static final long USUAL_NANOS = 500_000;

  private final EventQueue events;
  private final RandomGenerator random;
  private final ArrayDeque<Writing> underWay = new ArrayDeque<>();
  private SortedMap<String, List<byte[]>> rooms = new TreeMap<>();
  private long moreNanos;
  private long lastNanos;
  private long lastNumber;
  private boolean full;
  private long delayed;
  private long refused;

  /** Is told what became of a write. */
  @FunctionalInterface
  public interface Outcome {
    void over(boolean kept);
  }

  private record Writing(long number, Runnable write, Outcome outcome, boolean fits) {}

  Disk(EventQueue events, RandomGenerator random) {
    this.events = events;
    this.random = random;
  }

  /** Adds a record. */
  public void append(String room, byte[] record, Outcome outcome) {
    begin(() -> rooms.computeIfAbsent(room, absent -> new ArrayList<>()).add(record), outcome);
  }

  /** Puts one record in the place of all of a room. */
  public void fold(String room, byte[] record, Outcome outcome) {
    begin(() -> rooms.put(room, new ArrayList<>(List.of(record))), outcome);
  }

  public void remove(String room) {
    begin(() -> rooms.remove(room), kept -> {});
  }

  private void begin(Runnable write, Outcome outcome) {
    delayed += moreNanos > 0 ? 1 : 0;
    refused += full ? 1 : 0;
    Writing writing = new Writing(++lastNumber, write, outcome, !full);
    underWay.add(writing);
    lastNanos = Math.max(lastNanos, events.now() + USUAL_NANOS + moreNanos);
    events.at(lastNanos, () -> end(writing));
  }

  private void end(Writing writing) {
    Writing eldest = underWay.peek();
    if (eldest == null || eldest.number() != writing.number()) {
      return; // Its process has ended.
    }
    underWay.remove();
    if (writing.fits()) {
      writing.write().run();
    }
    writing.outcome().over(writing.fits());
  }

  /** Its process has ended: of what was under way a part is written, and nobody is told. */
  void tear() {
    int written = random.nextInt(underWay.size() + 1);
    for (Writing writing : underWay) {
      if (written-- > 0 && writing.fits()) {
        writing.write().run();
      }
    }
    underWay.clear();
  }

  /** From now on each write takes so much longer. */
  public void slowDown(long nanos) {
    moreNanos = nanos;
  }

  /** Whether it takes nothing more. */
  public void fill(boolean isFull) {
    full = isFull;
  }

  /** All records by room; read only. */
  public SortedMap<String, List<byte[]>> records() {
    return Collections.unmodifiableSortedMap(rooms);
  }

  /** What is on it now, to be put back. */
  public SortedMap<String, List<byte[]>> copy() {
    SortedMap<String, List<byte[]>> copy = new TreeMap<>();
    rooms.forEach((room, records) -> copy.put(room, new ArrayList<>(records)));
    return copy;
  }

  /** It is as it was when a copy was made. */
  public void putBack(SortedMap<String, List<byte[]>> copy) {
    rooms = copy;
  }

  /** Everything is lost; whether there was something. */
  public boolean wipe() {
    boolean any = !rooms.isEmpty();
    rooms = new TreeMap<>();
    return any;
  }

  /** The last records of each room are damaged, and count as not there; whether there are any. */
  public boolean damage() {
    boolean any = false;
    for (Map.Entry<String, List<byte[]>> room : rooms.entrySet()) {
      List<byte[]> records = room.getValue();
      int sound = random.nextInt(records.size() + 1);
      any |= sound < records.size();
      room.setValue(new ArrayList<>(records.subList(0, sound)));
    }
    rooms.values().removeIf(List::isEmpty);
    return any;
  }

  /** How many writes took longer than usual. */
  public long delayed() {
    return delayed;
  }

  /** How many were refused. */
  public long refused() {
    return refused;
  }
}
