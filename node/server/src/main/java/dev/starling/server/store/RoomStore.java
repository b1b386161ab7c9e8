package dev.starling.server.store;

import dev.starling.server.store.WriteOutcome.Reason;
import dev.starling.server.store.WriteOutcome.Refused;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that a node owns, on its disk. Any thread may call, and none is held up: each write is
 * queued, and its outcome comes on the executor given with it, in the order of the calls. Writes
 * are stored in that order, each whole or not at all. Arrays that are handed in must not be changed
 * afterwards.
 *
 * <p>A room is a snapshot and the deltas appended since. A write that was refused leaves the room
 * on disk behind, which its owner mends by a later {@link #fold}.
 */
public final class RoomStore implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final StoreConfig config;
  private final StoreCounters counters = new StoreCounters();
  private final WriteQueue queue;
  private final StoreThread work;
  private final Thread thread;

  private RoomStore(StoreConfig config, StoreListener listener) {
    this.config = config;
    this.queue = new WriteQueue(config);
    this.work = new StoreThread(config, listener, counters, queue);
    this.thread = Thread.ofPlatform().daemon().name("starling-store").unstarted(work);
  }

  /** Starts to open it; the listener is told what is in it and when it is ready. */
  public static RoomStore start(StoreConfig config, StoreListener listener) {
    RoomStore store = new RoomStore(config, listener);
    store.thread.start();
    return store;
  }

  /**
   * Appends what an operation changed. The outcome may ask for a snapshot; where none comes for
   * long, appending is refused.
   */
  public void append(String room, byte[] delta, Executor executor, Consumer<WriteOutcome> done) {
    offer(new Write.Append(room, delta), executor, done);
  }

  /** Replaces a room by a snapshot, which covers every delta appended to it so far. */
  public void fold(String room, byte[] snapshot, Executor executor, Consumer<WriteOutcome> done) {
    offer(new Write.Fold(room, snapshot), executor, done);
  }

  /** Removes a room, where there is one. */
  public void remove(String room, Executor executor, Consumer<WriteOutcome> done) {
    offer(new Write.Remove(room), executor, done);
  }

  /** Stores a small record, such as a shard's, in place of the one before. */
  public void put(String key, byte[] value, Executor executor, Consumer<WriteOutcome> done) {
    offer(new Write.PutRecord(key, value), executor, done);
  }

  /** Removes a record, where there is one. */
  public void delete(String key, Executor executor, Consumer<WriteOutcome> done) {
    offer(new Write.DeleteRecord(key), executor, done);
  }

  private void offer(Write write, Executor executor, Consumer<WriteOutcome> done) {
    Pending pending = new Pending(write, executor, done);
    Refused refusal = tooLarge(write);
    if (refusal == null) {
      refusal = queue.offer(pending);
    }
    if (refusal != null) {
      pending.answer(refusal, counters);
    }
  }

  private @Nullable Refused tooLarge(Write write) {
    if (write.bytes() <= config.recordBytes() && Keys.fits(write.name())) {
      return null;
    }
    return new Refused(
        Reason.TOO_LARGE,
        "A record has at most "
            + config.recordBytes()
            + " bytes, its name 1 to "
            + Keys.NAME_BYTES
            + "; this one has "
            + write.bytes()
            + ".");
  }

  /** How it is; also where it can't be used. */
  public StoreStatus status() {
    return work.status();
  }

  /** What it has done so far. */
  public StoreCounters counters() {
    return counters;
  }

  /** Writes that wait to be stored. */
  public int waiting() {
    return queue.size();
  }

  /**
   * Takes no more writes, stores those that wait, and gives the directory free. Waits for that up
   * to 10 s; after that the rest is done without anybody waiting, or lost with the process.
   */
  @Override
  public void close() {
    queue.stop();
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
