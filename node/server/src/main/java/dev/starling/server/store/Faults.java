package dev.starling.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What an error of the engine or of the disk means, and what to do about it. */
final class Faults {
  private Faults() {}

  static StoreFault of(RocksDBException error, Path directory) {
    Status status = error.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return full(directory, error);
    }
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return corrupt(directory, error);
    }
    return of(error, String.valueOf(error.getMessage()), directory);
  }

  /** Where something is read: what is gone, makes no sense or the disk can't read is damage. */
  static StoreFault ofReading(RocksDBException error, Path directory) {
    Status status = error.getStatus();
    boolean senseless =
        status != null
            && (status.getCode() == Status.Code.InvalidArgument
                || status.getCode() == Status.Code.NotFound);
    String said = String.valueOf(error.getMessage());
    boolean unreadable = said.contains("No such file") || said.contains("Input/output error");
    return senseless || unreadable ? corrupt(directory, error) : of(error, directory);
  }

  static StoreFault of(IOException error, Path directory) {
    return of(error, String.valueOf(error.getMessage()), directory);
  }

  private static StoreFault of(Exception error, String said, Path directory) {
    if (said.contains("No space left") || said.contains("Disk quota exceeded")) {
      return full(directory, error);
    }
    if (said.contains("Read-only file system")) {
      return readOnly(directory, error);
    }
    return new StoreFault(
        StoreState.FAILED,
        "The disk of "
            + directory
            + " fails: see to it, or set another store.directory. ("
            + said
            + ")",
        error);
  }

  static StoreFault full(Path directory, @Nullable Exception cause) {
    return new StoreFault(
        StoreState.FULL,
        "The disk of "
            + directory
            + " is full: free some space or enlarge it; the store then goes on by itself.",
        cause);
  }

  static StoreFault readOnly(Path directory, @Nullable Exception cause) {
    return new StoreFault(
        StoreState.READ_ONLY,
        "The directory "
            + directory
            + " can't be written: mount it writable and let this process's user write there; the"
            + " store then goes on by itself.",
        cause);
  }

  static StoreFault corrupt(Path directory, Exception cause) {
    return new StoreFault(
        StoreState.CORRUPT,
        "What is in "
            + directory
            + " can't be read: check the disk, then restart, which saves what is still readable; if"
            + " that doesn't help, move the directory away and restart, and other owners bring the"
            + " rooms they have. ("
            + cause.getMessage()
            + ")",
        cause);
  }
}
