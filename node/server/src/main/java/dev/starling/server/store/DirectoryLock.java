package dev.starling.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps other processes, and other stores of this one, out of a directory. */
final class DirectoryLock implements AutoCloseable {
  static final String NAME = "store.lock";

  /** The system's locks are a process's, and closing any channel of the file gives them up. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path real;
  private final FileChannel channel;

  private DirectoryLock(Path real, FileChannel channel) {
    this.real = real;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws StoreFault {
    try {
      Path real = directory.toRealPath();
      if (!HELD_HERE.add(real)) {
        throw held(directory, "this process");
      }
      @Nullable DirectoryLock taken = null;
      try {
        taken = take(directory, real);
        return taken;
      } finally {
        if (taken == null) {
          HELD_HERE.remove(real);
        }
      }
    } catch (IOException failed) {
      throw Faults.of(failed, directory);
    }
  }

  private static DirectoryLock take(Path directory, Path real) throws IOException, StoreFault {
    Path file = directory.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw held(directory, "process " + Files.readString(file).strip());
    }
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
    return new DirectoryLock(real, channel);
  }

  private static StoreFault held(Path directory, String holder) {
    return new StoreFault(
        StoreState.LOCKED,
        "The directory "
            + directory
            + " is in use by "
            + holder
            + ": give each node a store.directory of its own, or stop the other one; the store"
            + " then goes on by itself.",
        null);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      // The system gives the lock up with the process.
    } finally {
      HELD_HERE.remove(real);
    }
  }
}
