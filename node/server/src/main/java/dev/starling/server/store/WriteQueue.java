package dev.starling.server.store;

import dev.starling.server.store.WriteOutcome.Reason;
import dev.starling.server.store.WriteOutcome.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes on their way to the store's thread, bounded in number and bytes. Thread-safe. */
final class WriteQueue {
  private static final int BATCH_WRITES = 2_048;
  private static final long BATCH_BYTES = 4 << 20;

  private final StoreConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private @Nullable Refused shut = new Refused(Reason.UNAVAILABLE, "The store is being opened.");
  private boolean stopped;

  WriteQueue(StoreConfig config) {
    this.config = config;
  }

  /** Takes a write, or says why not. Waits for nobody but a moment of another caller. */
  @Nullable Refused offer(Pending pending) {
    lock.lock();
    try {
      if (shut != null) {
        return shut;
      }
      long bytes = waitingBytes + pending.heldBytes();
      if (waiting.size() >= config.queueWrites() || bytes > config.queueBytes()) {
        return new Refused(
            Reason.BUSY,
            "The store is slower than what is written: a faster disk, or store.sync = process,"
                + " helps.");
      }
      waiting.add(pending);
      waitingBytes = bytes;
      changed.signal();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for writes and takes as many as a batch may have; none once it was stopped. */
  List<Pending> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !stopped) {
        changed.await();
      }
      List<Pending> batch = new ArrayList<>();
      long bytes = 0;
      while (!waiting.isEmpty() && batch.size() < BATCH_WRITES && bytes < BATCH_BYTES) {
        Pending next = waiting.remove();
        bytes += next.heldBytes();
        batch.add(next);
      }
      waitingBytes -= bytes;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Takes writes from now on, unless it was stopped. */
  void open() {
    lock.lock();
    try {
      if (!stopped) {
        shut = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no writes any more and gives back those that wait. */
  List<Pending> shut(Refused reason) {
    lock.lock();
    try {
      List<Pending> left = new ArrayList<>(waiting);
      waiting.clear();
      waitingBytes = 0;
      shut = reason;
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no writes any more; those that wait can still be taken. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      shut = new Refused(Reason.UNAVAILABLE, "The store is closed.");
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean stopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is stopped, at most so long. */
  void awaitStop(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!stopped && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many writes wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
