package dev.starling.server.store;

import java.util.function.BooleanSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Copies what can be read of a damaged store into a fresh one. Damage that stayed in place would
 * stop the engine at any later time, whenever it comes across it.
 */
final class Salvage implements StoreScan.Sink {
  private static final long BATCH_BYTES = 4 << 20;

  private final Engine fresh;
  private final WriteBatch batch;

  private Salvage(Engine fresh, WriteBatch batch) {
    this.fresh = fresh;
    this.batch = batch;
  }

  static void copy(Engine damaged, StoreDirectory directory, BooleanSupplier stopped)
      throws StoreFault {
    try (Engine fresh = Engine.make(directory.fresh());
        WriteBatch batch = new WriteBatch()) {
      new StoreScan(damaged, stopped).run(new Salvage(fresh, batch));
      fresh.write(batch);
    }
  }

  @Override
  public void room(StoredRoom room) throws StoreFault {
    if (!room.empty()) {
      put(() -> BatchWriter.copy(room, batch));
    }
  }

  @Override
  public void record(String key, byte[] value) throws StoreFault {
    put(() -> BatchWriter.put(Keys.record(key), value, batch));
  }

  @Override
  public void lost(String what, String why) {
    // It was told when the store was read first.
  }

  private interface Putting {
    void run() throws RocksDBException;
  }

  private void put(Putting putting) throws StoreFault {
    try {
      putting.run();
    } catch (RocksDBException refused) {
      throw new StoreFault(
          StoreState.FAILED, "The storage engine fails: " + refused.getMessage(), refused);
    }
    if (batch.getDataSize() >= BATCH_BYTES) {
      fresh.write(batch);
      batch.clear();
    }
  }
}
