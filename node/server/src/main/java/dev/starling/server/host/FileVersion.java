package dev.starling.server.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * How a file looks from outside: another version where it was written or replaced, or came or went.
 *
 * @param time when it was written last, or null where it can't be read
 * @param key what tells it from another file of that name, or null
 */
public record FileVersion(@Nullable Object time, long size, @Nullable Object key) {
  private static final FileVersion ABSENT = new FileVersion(null, 0, null);

  /** The version that is there now. */
  public static FileVersion of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileVersion(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException absent) {
      return ABSENT;
    }
  }
}
