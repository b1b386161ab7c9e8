package dev.starling.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads the engine's native library, once a process. It is unpacked into the store's own directory:
 * temporary directories may forbid execution, and would keep a copy for each process that was
 * killed.
 */
final class NativeEngine {
  private NativeEngine() {}

  static void load(Path directory) throws StoreFault {
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
      RocksDB.loadLibrary();
    } catch (IOException | RuntimeException | LinkageError unusable) {
      throw new StoreFault(
          StoreState.FAILED,
          "The storage engine can't be loaded from "
              + directory
              + ": it needs a volume that allows execution, and Linux, macOS or Windows on x86-64 or"
              + " arm64. ("
              + unusable.getMessage()
              + ")",
          unusable);
    }
    deleteCopy(directory);
  }

  /** What is loaded needs no name any more, where the system sees it so. */
  private static void deleteCopy(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(Environment.getJniLibraryFileName("rocksdb")));
    } catch (IOException inUse) {
      // It is replaced at the next start.
    }
  }
}
