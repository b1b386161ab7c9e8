package dev.starling.server.ring;

import dev.starling.server.host.FileWatch;
import dev.starling.server.ring.seal.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in force: read again when their file changed, on a thread of its own. Where it can't be
 * used the keys before stay in force.
 */
final class KeyWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);

  private final FileWatch watch;
  private volatile KeyRing keys;

  KeyWatch(RingConfig config) throws IOException {
    Path file = config.keyFile();
    watch = new FileWatch("starling-keys", file == null ? List.of() : List.of(file));
    keys = read(config);
    watch.start(() -> readAgain(config));
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

  private void readAgain(RingConfig config) {
    try {
      keys = read(config);
      log.info("the ring's keys were read again: {}", keys);
    } catch (IOException unusable) {
      log.warn("{}; the keys before stay in force", unusable.getMessage());
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
