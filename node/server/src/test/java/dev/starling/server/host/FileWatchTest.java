package dev.starling.server.host;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  @TempDir Path folder = Path.of("");

  @Test
  void faultOverOneChangeDoesNotHideTheNext() throws IOException {
    Path file = folder.resolve("file");
    AtomicInteger told = new AtomicInteger();
    try (FileWatch watch = new FileWatch("watch", List.of(file))) {
      watch.start(() -> {
        if (told.incrementAndGet() == 1) {
          throw new IllegalStateException("on purpose");
        }
      });
      Files.writeString(file, "one");
      await().atMost(Duration.ofMinutes(1)).until(() -> told.get() == 1);
      Files.writeString(file, "and two");
      await().atMost(Duration.ofMinutes(1)).until(() -> told.get() == 2);
    }
  }
}
