package dev.starling.server.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the store was started; any thread may read them. */
public final class StoreCounters {
  private final LongAdder writes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder setAside = new LongAdder();
  private final LongAdder unheard = new LongAdder();
  private final AtomicLong rooms = new AtomicLong();

  /** Writes that are stored. */
  public long writes() {
    return writes.sum();
  }

  /** Their bytes, as they were given. */
  public long writtenBytes() {
    return writtenBytes.sum();
  }

  /** Batches that they went in. */
  public long batches() {
    return batches.sum();
  }

  /** Writes refused since too many waited. */
  public long busy() {
    return busy.sum();
  }

  /** Writes refused for any other reason. */
  public long refused() {
    return refused.sum();
  }

  /** Rooms and records that didn't check out. */
  public long setAside() {
    return setAside.sum();
  }

  /** Outcomes whose executor took no more tasks. */
  public long unheard() {
    return unheard.sum();
  }

  /** Rooms in the store now. */
  public long rooms() {
    return rooms.get();
  }

  void wrote(int count, long bytes) {
    batches.increment();
    writes.add(count);
    writtenBytes.add(bytes);
  }

  void answered(WriteOutcome.Refused refusal) {
    (refusal.reason() == WriteOutcome.Reason.BUSY ? busy : refused).increment();
  }

  void countSetAside() {
    setAside.increment();
  }

  void countUnheard() {
    unheard.increment();
  }

  void rooms(int now) {
    rooms.set(now);
  }
}
