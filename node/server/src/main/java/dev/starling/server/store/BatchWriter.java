package dev.starling.server.store;

import dev.starling.server.store.WriteOutcome.Reason;
import dev.starling.server.store.WriteOutcome.Refused;
import dev.starling.server.store.WriteOutcome.Written;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Puts many writes into one batch, in order. Used by one thread. */
final class BatchWriter {
  private final Engine engine;
  private final Tails tails;

  BatchWriter(Engine engine, Tails tails) {
    this.engine = engine;
    this.tails = tails;
  }

  /**
   * Writes all of it or nothing; after a fault neither this nor the engine is used any more.
   *
   * @return an answer for each write
   */
  List<WriteOutcome> write(List<Pending> writes) throws StoreFault {
    List<WriteOutcome> answers = new ArrayList<>(writes.size());
    try (WriteBatch batch = new WriteBatch()) {
      for (Pending pending : writes) {
        answers.add(add(pending.write(), batch));
      }
      engine.write(batch);
    } catch (RocksDBException refused) {
      throw new StoreFault(
          StoreState.FAILED, "The storage engine fails: " + refused.getMessage(), refused);
    }
    return answers;
  }

  private WriteOutcome add(Write write, WriteBatch batch) throws RocksDBException {
    switch (write) {
      case Write.Append(String room, byte[] delta) -> {
        return append(room, delta, batch);
      }
      case Write.Fold(String room, byte[] snapshot) -> fold(room, snapshot, batch);
      case Write.Remove(String room) -> remove(room, batch);
      case Write.PutRecord(String key, byte[] value) -> put(Keys.record(key), value, batch);
      case Write.DeleteRecord(String key) -> batch.delete(Keys.record(key));
    }
    return new Written(false);
  }

  private WriteOutcome append(String room, byte[] delta, WriteBatch batch) throws RocksDBException {
    if (tails.foldOverdue(room)) {
      return new Refused(Reason.FOLD_DUE, "The room's owner is to fold it first.");
    }
    name(room, batch);
    put(Keys.delta(room, tails.of(room).append(delta.length)), delta, batch);
    return new Written(tails.foldDue(room));
  }

  private void name(String room, WriteBatch batch) throws RocksDBException {
    if (!tails.has(room)) {
      batch.put(Keys.name(room), new byte[0]);
    }
  }

  private void fold(String room, byte[] snapshot, WriteBatch batch) throws RocksDBException {
    name(room, batch);
    long folded = tails.of(room).fold(snapshot.length);
    putSnapshot(room, folded, snapshot, batch);
    batch.deleteRange(Keys.delta(room, 0), Keys.delta(room, folded + 1));
  }

  private void remove(String room, WriteBatch batch) throws RocksDBException {
    if (tails.has(room)) {
      batch.delete(Keys.name(room));
      batch.deleteRange(Keys.room(room), Keys.afterRoom(room));
      tails.remove(room);
    }
  }

  /** Puts a room as it was read. */
  static void copy(StoredRoom room, WriteBatch batch) throws RocksDBException {
    batch.put(Keys.name(room.name()), new byte[0]);
    byte[] snapshot = room.snapshot();
    if (snapshot != null) {
      putSnapshot(room.name(), room.folded(), snapshot, batch);
    }
    long number = room.folded();
    for (byte[] delta : room.deltas()) {
      number++;
      put(Keys.delta(room.name(), number), delta, batch);
    }
  }

  private static void putSnapshot(String room, long folded, byte[] snapshot, WriteBatch batch)
      throws RocksDBException {
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + snapshot.length).putLong(folded).put(snapshot).array();
    put(Keys.snapshot(room), value, batch);
  }

  static void put(byte[] key, byte[] value, WriteBatch batch) throws RocksDBException {
    batch.put(key, Checked.seal(key, value));
  }
}
