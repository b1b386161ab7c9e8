package dev.starling.server.host;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on a thread of its own when any of some files changed. It waits until they stayed the same
 * from one look to the next, so that files which are replaced one by one are seen together.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

  private static final int LOOK_MILLIS = 1_000;

  private final List<Path> files;
  private final ScheduledExecutorService thread;
  private List<FileVersion> known;
  private List<FileVersion> last;

  /**
   * Notes how the files are now; made before they are read first.
   *
   * @param name of the thread
   */
  public FileWatch(String name, List<Path> files) {
    this.files = List.copyOf(files);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    this.known = versions();
    this.last = known;
  }

  /** Looks from now on. */
  public void start(Runnable changed) {
    if (!files.isEmpty()) {
      thread.scheduleWithFixedDelay(
          () -> look(changed), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look(Runnable changed) {
    List<FileVersion> now = versions();
    boolean settled = now.equals(last);
    last = now;
    if (settled && !now.equals(known)) {
      known = now;
      tell(changed);
    }
  }

  /** A fault must not be the end of looking. */
  private static void tell(Runnable changed) {
    try {
      changed.run();
    } catch (RuntimeException fault) {
      log.error("changed files weren't taken in; this is a fault of the server", fault);
    }
  }

  private List<FileVersion> versions() {
    return files.stream().map(FileVersion::of).toList();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
