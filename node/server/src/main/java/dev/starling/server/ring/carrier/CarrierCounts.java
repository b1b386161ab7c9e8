package dev.starling.server.ring.carrier;

import dev.starling.server.host.FrameClass;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was carried since the start, by class; any thread. */
public final class CarrierCounts {
  private final ClassCounts relay = new ClassCounts();
  private final ClassCounts replication = new ClassCounts();
  private final ClassCounts inquiry = new ClassCounts();
  private final LongAdder malformed = new LongAdder();

  /** One class's counters. */
  static final class ClassCounts {
    final LongAdder sentFrames = new LongAdder();
    final LongAdder sentBytes = new LongAdder();
    final LongAdder receivedFrames = new LongAdder();
    final LongAdder receivedBytes = new LongAdder();
    final LongAdder refusedFrames = new LongAdder();
    final LongAdder droppedFrames = new LongAdder();
    final AtomicLong queuedBytes = new AtomicLong();
  }

  /**
   * One class, as of now.
   *
   * @param refusedFrames for which there was no place in a queue
   * @param droppedFrames that waited when their stream ended
   * @param queuedBytes what waits for all peers together
   */
  public record Totals(
      long sentFrames,
      long sentBytes,
      long receivedFrames,
      long receivedBytes,
      long refusedFrames,
      long droppedFrames,
      long queuedBytes) {}

  ClassCounts of(FrameClass kind) {
    return switch (kind) {
      case RELAY -> relay;
      case REPLICATION -> replication;
      case INQUIRY -> inquiry;
    };
  }

  void countMalformed() {
    malformed.increment();
  }

  /** How many streams were ended since the peer sent something that is no batch. */
  public long malformed() {
    return malformed.sum();
  }

  /** One class's totals. */
  public Totals totals(FrameClass kind) {
    ClassCounts counts = of(kind);
    return new Totals(
        counts.sentFrames.sum(),
        counts.sentBytes.sum(),
        counts.receivedFrames.sum(),
        counts.receivedBytes.sum(),
        counts.refusedFrames.sum(),
        counts.droppedFrames.sum(),
        counts.queuedBytes.get());
  }
}
