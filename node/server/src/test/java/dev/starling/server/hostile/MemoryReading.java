package dev.starling.server.hostile;

import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;

/**
 * What is held at a moment.
 *
 * @param heapBytes live objects of the whole process
 * @param directBytes what Netty's pool has lent outside the heap
 */
record MemoryReading(long heapBytes, long directBytes) {
  private static final int MIB = 1024 * 1024;

  /** Above what classes loaded meanwhile and the tests' own results take up. */
  static final int MORE_HEAP_BYTES = 6 * MIB;

  /** Above what the bystanders and two event loops have in their hands at a moment. */
  static final int MORE_DIRECT_BYTES = MIB;

  /** Collects garbage and reads. */
  static MemoryReading now() {
    System.gc();
    return new MemoryReading(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        PooledByteBufAllocator.DEFAULT.pinnedDirectMemory());
  }

  /** Whether no more is held than a bound above an earlier reading. */
  boolean isBackTo(MemoryReading before) {
    return heapBytes <= before.heapBytes + MORE_HEAP_BYTES
        && directBytes <= before.directBytes + MORE_DIRECT_BYTES;
  }
}
