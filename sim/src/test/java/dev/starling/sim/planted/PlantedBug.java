package dev.starling.sim.planted;

import dev.starling.sim.fork.Fork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A bug as a patch to the sources of the membership core, or of what keeps rooms, or their codecs.
 * The first line of the patch says what is wrong.
 */
record PlantedBug(Path patch) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> OF_MEMBERSHIP =
      List.of("membership/src/main/java", "proto/src/main/java/dev/starling/proto/ring");
  private static final List<String> OF_ROOMS =
      List.of(
          "crdt/src/main/java",
          "node/core/src/main/java",
          "proto/src/main/java/dev/starling/proto/replication");

  /** All there are, in the order of their names. */
  static List<PlantedBug> all() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("sim/src/planted"))) {
      return files.sorted().map(PlantedBug::new).toList();
    }
  }

  String name() {
    String file = patch.getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }

  String title() throws IOException {
    return Files.readAllLines(patch).getFirst();
  }

  /** Whether it is in what keeps rooms. */
  boolean isOfRooms() throws IOException {
    String text = Files.readString(patch);
    return OF_ROOMS.stream().anyMatch(folder -> text.contains("+++ b/" + folder));
  }

  /** The storms that are to find it. */
  String scenario() throws IOException {
    return isOfRooms() ? "rooms" : "storm";
  }

  /**
   * Compiles the sources with the bug in them.
   *
   * @param work an empty folder outside of every repository
   * @return the folder with the classes
   */
  Path compile(Path work) throws IOException, InterruptedException {
    for (String folder : isOfRooms() ? OF_ROOMS : OF_MEMBERSHIP) {
      copy(ROOT.resolve(folder), work.resolve(folder));
    }
    apply(work);
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classPath()));
    try (Stream<Path> files = Files.walk(work)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(name() + " doesn't compile");
    }
    return classes;
  }

  /** Whether the unit tests of the membership core and of its codec notice nothing. */
  static boolean passesUnitTests(Path classes) throws IOException, InterruptedException {
    List<Path> first =
        List.of(
            classes,
            ROOT.resolve("membership/target/test-classes"),
            ROOT.resolve("proto/target/test-classes"));
    Fork fork =
        Fork.run(
            first, UnitTests.class.getName(), "dev.starling.membership", "dev.starling.proto.ring");
    if (fork.status() > 1) {
      throw new AssertionError(fork.toString());
    }
    return fork.status() == 0;
  }

  /**
   * How many storms it takes to notice.
   *
   * @param scenario of which
   * @param first the folder of classes with a bug in them; none for the core as it is
   * @param most how many are tried
   * @return the storms until the first that failed, that one included, and what failed there; empty
   *     when none did
   */
  static Optional<Caught> storm(String scenario, List<Path> first, long firstSeed, int most)
      throws IOException, InterruptedException {
    String seeds = firstSeed + ".." + (firstSeed + most - 1);
    Fork fork =
        Fork.run(
            first, "dev.starling.sim.Main", "run", scenario, "--until-failed", "--seeds", seeds);
    String failed =
        fork.lines().stream().filter(line -> line.startsWith("seed ")).findFirst().orElse("");
    if (fork.status() == 0) {
      return Optional.empty();
    }
    if (failed.isEmpty()) {
      throw new AssertionError(fork.toString());
    }
    String[] words = failed.split(" ", 3);
    String invariant = failed.substring(failed.indexOf(": ") + 2);
    return Optional.of(
        new Caught(
            (int) (Long.parseLong(words[1]) - firstSeed + 1),
            invariant.substring(0, invariant.indexOf(':'))));
  }

  /**
   * How it was noticed.
   *
   * @param storms how many were needed
   * @param invariant what was broken in the last one
   */
  record Caught(int storms, String invariant) {}

  private void apply(Path work) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "apply", "--verbose", patch.toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0 || !said.contains("Applied patch")) {
      throw new AssertionError(name() + ": " + said);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
