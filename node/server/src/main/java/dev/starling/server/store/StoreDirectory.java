package dev.starling.server.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of a store while it is this store's and nobody else's. */
final class StoreDirectory implements AutoCloseable {
  /** With less than this the engine isn't even opened. */
  private static final long LEAST_FREE_BYTES = 32 << 20;

  private static final int MOST_DAMAGED = 8;
  private static final String DAMAGED = "damaged-";

  /** What may be in a directory before it is a store's. */
  private static final Set<String> NOBODYS =
      Set.of("lost+found", DirectoryLock.NAME, IdentityFile.NAME + ".new");

  private final Path directory;
  private final DirectoryLock lock;

  private StoreDirectory(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Makes it where it is missing, and takes it. */
  static StoreDirectory claim(StoreConfig config) throws StoreFault {
    Path directory = config.directory().toAbsolutePath();
    make(directory);
    IdentityFile identity = new IdentityFile(directory);
    try {
      refuseStrangers(directory, identity);
      refuseFullDisk(directory);
    } catch (IOException failed) {
      throw Faults.of(failed, directory);
    }
    StoreDirectory claimed = new StoreDirectory(directory, DirectoryLock.take(directory));
    try {
      identity.claim(config.identity());
      claimed.tidy();
      return claimed;
    } catch (StoreFault | RuntimeException refused) {
      claimed.close();
      throw refused;
    }
  }

  private static void make(Path directory) throws StoreFault {
    if (!Files.exists(directory)) {
      try {
        Files.createDirectory(directory);
      } catch (FileAlreadyExistsException inTheMeantime) {
        // As well.
      } catch (IOException refused) {
        throw missing(directory, "can't be made", refused);
      }
    }
    if (!Files.isDirectory(directory)) {
      throw missing(directory, "is no directory", null);
    }
    if (!Files.isWritable(directory)) {
      throw Faults.readOnly(directory, null);
    }
  }

  private static StoreFault missing(Path directory, String what, @Nullable Exception cause) {
    return new StoreFault(
        StoreState.MISSING,
        directory
            + " "
            + what
            + ": mount its volume, make it, or set another store.directory; the store then goes on"
            + " by itself.",
        cause);
  }

  private static void refuseStrangers(Path directory, IdentityFile identity)
      throws IOException, StoreFault {
    if (identity.exists()) {
      return;
    }
    List<String> others;
    try (Stream<Path> files = Files.list(directory)) {
      others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !NOBODYS.contains(name))
              .toList();
    }
    if (!others.isEmpty()) {
      throw new StoreFault(
          StoreState.FOREIGN,
          "The directory "
              + directory
              + " holds something else than a store, such as "
              + others.getFirst()
              + ": set store.directory to an empty one and restart.",
          null);
    }
  }

  private static void refuseFullDisk(Path directory) throws IOException, StoreFault {
    if (Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES) {
      throw Faults.full(directory, null);
    }
  }

  /** Ends what {@link #install} was in the middle of, and drops what nobody came to install. */
  private void tidy() throws StoreFault {
    try {
      if (Files.exists(complete())) {
        installComplete();
      }
      delete(fresh());
    } catch (IOException failed) {
      throw Faults.of(failed, directory);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Path path() {
    return directory;
  }

  /** Where the engine keeps the rooms. */
  Path rooms() {
    return directory.resolve("rooms");
  }

  /** Where rooms are put together that are to be installed; empty or not there. */
  Path fresh() {
    return directory.resolve("rooms.new");
  }

  private Path complete() {
    return directory.resolve("rooms.complete");
  }

  /**
   * Makes the fresh rooms the rooms, in steps that the next start ends should the process die.
   *
   * @return where the rooms are that were there before, or null
   */
  @Nullable Path install() throws StoreFault {
    try {
      Files.move(fresh(), complete(), StandardCopyOption.ATOMIC_MOVE);
      return installComplete();
    } catch (IOException failed) {
      throw Faults.of(failed, directory);
    }
  }

  private @Nullable Path installComplete() throws IOException, StoreFault {
    Path aside = Files.exists(rooms()) ? aside() : null;
    if (aside != null) {
      Files.move(rooms(), aside, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(complete(), rooms(), StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  private Path aside() throws StoreFault {
    for (int number = 1; number <= MOST_DAMAGED; number++) {
      Path aside = directory.resolve(DAMAGED + number);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
    throw Faults.corrupt(
        directory, new IOException("it was damaged " + MOST_DAMAGED + " times before"));
  }

  @Override
  public void close() {
    lock.close();
  }
}
