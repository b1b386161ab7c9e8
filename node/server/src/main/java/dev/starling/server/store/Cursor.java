package dev.starling.server.store;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A place in the order of keys. Each move says whether there is an entry. Damage below it is a
 * fault {@link StoreState#CORRUPT}; it can seek past it.
 */
final class Cursor implements AutoCloseable {
  private final RocksIterator iterator;
  private final Path directory;

  Cursor(RocksIterator iterator, Path directory) {
    this.iterator = iterator;
    this.directory = directory;
  }

  /** Goes to the first entry from a key on. */
  boolean seek(byte[] key) throws StoreFault {
    iterator.seek(key);
    return arrived();
  }

  boolean next() throws StoreFault {
    iterator.next();
    return arrived();
  }

  private boolean arrived() throws StoreFault {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException unreadable) {
      throw Faults.ofReading(unreadable, directory);
    }
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
  }
}
