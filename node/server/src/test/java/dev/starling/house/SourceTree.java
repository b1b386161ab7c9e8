package dev.starling.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of the project as a reader sees them: without what builds and tools leave behind. */
record SourceTree(Path root) {
  private static final Set<String> LEFT_OUT = Set.of("target", "node_modules");
  private static final Pattern BINARY =
      Pattern.compile(".*\\.(jar|png|ico|jpe?g|webp|woff2?|wasm|gz|zip|p12|der)");

  /** The tree that this build belongs to. */
  static SourceTree ofThisBuild() {
    String root = System.getProperty("starling.root", "../..");
    return new SourceTree(Path.of(root).toAbsolutePath().normalize());
  }

  /**
   * Text files whose name ends in one of {@code endings} (all of them where none is given), sorted.
   */
  List<Path> files(String... endings) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Collector(found, List.of(endings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Not UTF-8 text: " + file, e);
    }
  }

  /** The path below the root, with forward slashes on every system. */
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> found;
    private final List<String> endings;

    Collector(List<Path> found, List<String> endings) {
      this.found = found;
      this.endings = endings;
    }

    /** Folders that begin with a dot belong to tools, but for those that this project keeps. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean ours = !name.startsWith(".") || name.equals(".ci") || name.equals(".mvn");
      return ours && !LEFT_OUT.contains(name)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      if (attributes.isRegularFile()
          && !BINARY.matcher(name).matches()
          && (endings.isEmpty() || endings.stream().anyMatch(name::endsWith))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
