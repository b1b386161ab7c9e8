package dev.starling.server.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells on a thread of its own when any of some files changed. It waits until they stayed the same
 * from one look to the next, so that files which are replaced one by one are seen together.
 */
final class FileWatch implements AutoCloseable {
  private static final int LOOK_MILLIS = 1_000;

  private final List<Path> files;
  private final ScheduledExecutorService thread;
  private Object known;
  private Object last;

  /**
   * Notes how the files are now; made before they are read first.
   *
   * @param name of the thread
   */
  FileWatch(String name, List<Path> files) {
    this.files = List.copyOf(files);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    this.known = versions();
    this.last = known;
  }

  /** Looks from now on. */
  void start(Runnable changed) {
    if (!files.isEmpty()) {
      thread.scheduleWithFixedDelay(
          () -> look(changed), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look(Runnable changed) {
    Object now = versions();
    boolean settled = now.equals(last);
    last = now;
    if (settled && !now.equals(known)) {
      known = now;
      changed.run();
    }
  }

  private record Version(Object time, long size, @Nullable Object key) {}

  private Object versions() {
    List<Object> versions = new ArrayList<>();
    for (Path file : files) {
      versions.add(version(file));
    }
    return versions;
  }

  private static Object version(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException absent) {
      return "absent";
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
