package dev.starling.server.ring.carrier;

import dev.starling.server.host.PeerFrame;
import dev.starling.server.ring.carrier.CarrierCounts.ClassCounts;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one class that wait for one stream. Filled from any thread, emptied by one; what it
 * has no place for it refuses.
 */
final class Lane {
  private final long maxBytes;
  private final int quantumBytes;
  private final ClassCounts counts;
  private final Queue<PeerFrame> frames = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile int refusedBytes;
  private long creditBytes;

  /**
   * @param maxBytes how much may wait; a single frame may be larger
   * @param quantumBytes its share of each round
   */
  Lane(long maxBytes, int quantumBytes, ClassCounts counts) {
    this.maxBytes = maxBytes;
    this.quantumBytes = quantumBytes;
    this.counts = counts;
  }

  boolean offer(PeerFrame frame) {
    int length = BatchInput.lengthOf(frame);
    long after = bytes.addAndGet(length);
    if (after > maxBytes && after != length) {
      bytes.addAndGet(-length);
      refusedBytes = length;
      counts.refusedFrames.increment();
      return false;
    }
    counts.queuedBytes.addAndGet(length);
    frames.add(frame);
    return true;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Begins its turn of a round. */
  void begin() {
    creditBytes += quantumBytes;
  }

  /** The next frame that its share is enough for, or null. */
  @Nullable PeerFrame next() {
    PeerFrame frame = frames.peek();
    if (frame == null) {
      creditBytes = 0;
      return null;
    }
    int length = BatchInput.lengthOf(frame);
    if (length > creditBytes) {
      return null;
    }
    creditBytes -= length;
    frames.poll();
    gone(length);
    counts.sentFrames.increment();
    counts.sentBytes.add(length);
    return frame;
  }

  private void gone(int length) {
    bytes.addAndGet(-length);
    counts.queuedBytes.addAndGet(-length);
  }

  /** Whether it refused a frame, is half empty now and has a place for that one; true once. */
  boolean hasRoomAgain() {
    long held = bytes.get();
    boolean fits = held == 0 || (held <= maxBytes / 2 && held + refusedBytes <= maxBytes);
    if (refusedBytes > 0 && fits) {
      refusedBytes = 0;
      return true;
    }
    return false;
  }

  /** Drops everything. */
  void clear() {
    for (PeerFrame frame = frames.poll(); frame != null; frame = frames.poll()) {
      gone(BatchInput.lengthOf(frame));
      counts.droppedFrames.increment();
    }
  }
}
