package dev.starling.server.auth;

import dev.starling.server.host.FileVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A small text file that is read again when it changed. Not thread-safe. */
final class WatchedFile {
  private final Path path;
  private final int maxBytes;
  private @Nullable FileVersion last;

  WatchedFile(Path path, int maxBytes) {
    this.path = path;
    this.maxBytes = maxBytes;
  }

  Path path() {
    return path;
  }

  /**
   * The file's text where it changed since the last call, else null.
   *
   * @throws IOException where it can't be read or is too large; told once a change
   */
  @Nullable String changed() throws IOException {
    FileVersion now = FileVersion.of(path);
    if (now.equals(last)) {
      return null;
    }
    last = now;
    byte[] bytes = read();
    if (bytes.length > maxBytes) {
      throw new IOException("it is larger than " + maxBytes + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(maxBytes + 1);
    } catch (IOException unreadable) {
      throw new IOException("it can't be read", unreadable);
    }
  }
}
