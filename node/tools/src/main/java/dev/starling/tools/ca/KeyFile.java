package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ring of keys in a file, as nodes read it: one {@code NAME=SECRET} a line, the one that seals
 * first. Other lines are kept.
 */
final class KeyFile {
  /** As many as nodes take. */
  static final int MOST = 8;

  private final Path file;
  private final List<String> lines;

  private KeyFile(Path file, List<String> lines) {
    this.file = file;
    this.lines = new ArrayList<>(lines);
  }

  static KeyFile read(Path file) {
    try {
      return new KeyFile(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException unreadable) {
      throw new CommandFailure(file + " can't be read: " + unreadable);
    }
  }

  /** The names of the keys; the first one's seals. */
  List<String> names() {
    return lines.stream().map(KeyFile::name).filter(Objects::nonNull).toList();
  }

  /** Adds a key that opens and doesn't seal yet, unless it is the only one. */
  void add(String name) {
    if (names().contains(name)) {
      throw new CommandFailure(file + " has a key " + name + " already; choose another --name");
    }
    if (names().size() >= MOST) {
      throw new CommandFailure(
          file + " has " + MOST + " keys, which is the most; retire one first");
    }
    lines.add(name + "=" + SecretFile.draw());
    write();
  }

  /** Lets a key seal. */
  void activate(String name) {
    String line = lines.remove(indexOf(name));
    lines.add(indexOf(names().isEmpty() ? null : names().getFirst()), line);
    write();
  }

  /** Takes a key out that doesn't seal any more. */
  void retire(String name) {
    int at = indexOf(name);
    if (names().getFirst().equals(name)) {
      throw new CommandFailure(name + " is what nodes seal with; activate another key first");
    }
    lines.remove(at);
    write();
  }

  /** Where a key is; where none is asked for, the end. */
  private int indexOf(@Nullable String name) {
    if (name == null) {
      return lines.size();
    }
    for (int i = 0; i < lines.size(); i++) {
      if (name.equals(name(lines.get(i)))) {
        return i;
      }
    }
    throw new CommandFailure(file + " has no key " + name + "; it has " + names());
  }

  private void write() {
    try {
      SecretFile.replace(file, String.join("\n", lines) + "\n");
    } catch (IOException broken) {
      throw new CommandFailure(file + " can't be written: " + broken);
    }
  }

  private static @Nullable String name(String line) {
    String entry = line.strip();
    int equals = entry.indexOf('=');
    return entry.startsWith("#") || equals < 1 ? null : entry.substring(0, equals);
  }
}
