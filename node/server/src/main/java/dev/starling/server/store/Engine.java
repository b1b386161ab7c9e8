package dev.starling.server.store;

import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open RocksDB of small size: some 30 MiB of memory. Used by one thread. */
final class Engine implements AutoCloseable {
  private static final long CACHE_BYTES = 8 << 20;
  private static final long MEMTABLE_BYTES = 8 << 20;
  private static final int MEMTABLES = 3;
  private static final int BACKGROUND_JOBS = 2;
  private static final long OWN_LOG_BYTES = 1 << 20;
  private static final int OWN_LOGS = 2;

  private final Path directory;
  private final Cache cache = new LRUCache(CACHE_BYTES);
  private final Options options = new Options();
  private final WriteOptions writing = new WriteOptions();
  private final ReadOptions reading = new ReadOptions().setFillCache(false);
  private final RocksDB db;

  private enum Mode {
    MAKE,
    OPEN,
    READ_DAMAGED
  }

  private Engine(Path directory, StoreSync sync, Mode mode) throws StoreFault {
    this.directory = directory;
    writing.setSync(sync == StoreSync.DISK);
    configure(mode);
    try {
      db =
          mode == Mode.READ_DAMAGED
              ? RocksDB.openReadOnly(options, directory.toString())
              : RocksDB.open(options, directory.toString());
    } catch (RocksDBException unusable) {
      closeOptions();
      throw mode == Mode.MAKE
          ? Faults.of(unusable, directory)
          : Faults.ofReading(unusable, directory);
    }
  }

  /** Makes an empty one, each of whose writes is on the disk at once. */
  static Engine make(Path directory) throws StoreFault {
    return new Engine(directory, StoreSync.DISK, Mode.MAKE);
  }

  /** Opens it. A last write that was cut off by the process's death is no damage. */
  static Engine open(Path directory, StoreSync sync) throws StoreFault {
    return new Engine(directory, sync, Mode.OPEN);
  }

  /** Opens one that is damaged, to read what still can be read; nothing in it is changed. */
  static Engine openDamaged(Path directory) throws StoreFault {
    return new Engine(directory, StoreSync.PROCESS, Mode.READ_DAMAGED);
  }

  /** An engine whose main file is gone must not become an empty one: it is made once. */
  private void configure(Mode mode) {
    boolean damaged = mode == Mode.READ_DAMAGED;
    options
        .setCreateIfMissing(mode == Mode.MAKE)
        .setParanoidChecks(!damaged)
        .setWalRecoveryMode(
            damaged
                ? WALRecoveryMode.SkipAnyCorruptedRecords
                : WALRecoveryMode.TolerateCorruptedTailRecords)
        .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache))
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setMaxWriteBufferNumber(MEMTABLES)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setStatsDumpPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(OWN_LOG_BYTES)
        .setKeepLogFileNum(OWN_LOGS);
  }

  /** Writes a batch whole or not at all. */
  void write(WriteBatch batch) throws StoreFault {
    try {
      db.write(writing, batch);
    } catch (RocksDBException failed) {
      throw Faults.of(failed, directory);
    }
  }

  /** A place to read at; closed before the engine. */
  Cursor cursor() {
    return new Cursor(db.newIterator(reading), directory);
  }

  @Override
  public void close() {
    db.close();
    closeOptions();
  }

  private void closeOptions() {
    reading.close();
    writing.close();
    options.close();
    cache.close();
  }
}
