package dev.starling.server.ring;

import dev.starling.server.ring.seal.KeyFile;
import dev.starling.server.ring.seal.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in force: read again when their file changed, on a thread of its own. Where it can't be
 * used the keys before stay in force.
 */
final class KeyWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);
  private static final int POLL_MILLIS = 2_000;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("starling-keys").factory());
  private volatile KeyRing keys;
  private @Nullable Object version;

  KeyWatch(RingConfig config) throws IOException {
    Path file = config.keyFile();
    version = file == null ? null : version(file);
    keys = read(config);
    if (file != null) {
      thread.scheduleWithFixedDelay(
          () -> look(file), POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static KeyRing read(RingConfig config) throws IOException {
    try {
      return config.readKeys();
    } catch (IOException unusable) {
      throw new IOException("cluster.keysFile: " + unusable.getMessage(), unusable);
    }
  }

  /** Any thread. */
  KeyRing keys() {
    return keys;
  }

  private void look(Path file) {
    Object now = version(file);
    if (now.equals(version)) {
      return;
    }
    version = now;
    try {
      keys = KeyFile.read(file);
      log.info("the ring's keys were read again: {}", keys);
    } catch (IOException unusable) {
      log.warn("cluster.keysFile: {}; the keys before stay in force", unusable.getMessage());
    }
  }

  private record Version(FileTime time, long size) {}

  private static Object version(Path file) {
    try {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException absent) {
      return "absent";
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
