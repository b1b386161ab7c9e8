package dev.starling.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TidyTest {
  private static final int FILE_LINES = 300;
  private static final int FILE_LINES_AT_ALL = 600;
  private static final int METHOD_LINES = 40;
  private static final int METHOD_LINES_AT_ALL = 80;

  /** Said in two parts, so that this file may be read by its own rules. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern SILENCED = Pattern.compile("@Dis" + "abled|Thread\\.sl" + "eep\\(");
  private static final Pattern SOMEBODYS_FOLDER =
      Pattern.compile("(?<![\\w.$}~-])/(home|root|Users|work|workspace)/\\w");
  private static final Pattern EMPTY_NAME = Pattern.compile(".+(Impl|Manager|Util|Utils|Helper)");

  private static final SourceTree TREE = SourceTree.ofThisBuild();
  private static final List<JavaSource> JAVA = JavaSource.parse(TREE.files(".java"));

  @Test
  void theWholeHouseIsSeen() {
    Set<String> names = TREE.files().stream().map(TREE::name).collect(Collectors.toSet());
    assertEquals(
        Set.of(),
        missing(names, "pom.xml", "starling", ".ci/run", "crdt/pom.xml", "docs/STYLE.md"));
    assertFalse(names.stream().anyMatch(name -> name.contains("target/")));
  }

  @Test
  void filesStayShort() {
    Map<String, Long> lengths = new TreeMap<>();
    for (Path file : TREE.files(".java", ".js", ".mjs", ".css", ".html", ".sh", "starling")) {
      lengths.put(TREE.name(file), (long) TREE.lines(file).size());
    }
    holds(ratchet(FILE_LINES, FILE_LINES_AT_ALL, "file-lines.txt").complaints(lengths));
  }

  @Test
  void methodsStayShort() {
    Map<String, Long> lengths = new TreeMap<>();
    for (JavaSource source : JAVA) {
      for (JavaSource.Method method : source.methods()) {
        String name = TREE.name(source.file()) + "#" + method.name();
        lengths.merge(name, method.lines(), Math::max);
      }
    }
    holds(ratchet(METHOD_LINES, METHOD_LINES_AT_ALL, "method-lines.txt").complaints(lengths));
  }

  @Test
  void namesSayWhatTypesAre() {
    holds(
        JAVA.stream()
            .flatMap(source ->
                source.types().stream()
                    .filter(type -> EMPTY_NAME.matcher(type).matches())
                    .map(type -> TREE.name(source.file()) + " declares " + type))
            .toList());
  }

  @Test
  void everyPackageSaysItsJobAndIsNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> described = new TreeSet<>();
    for (JavaSource source : JAVA) {
      String place = place(source.file());
      packages.add(place);
      if (source.packageComment() && source.packageAnnotations().contains("NullMarked")) {
        described.add(place);
      }
    }
    packages.removeAll(described);
    assertEquals(Set.of(), packages);
  }

  @Test
  void nothingIsLeftUnfinished() {
    holds(hits(UNFINISHED));
  }

  @Test
  void noTestIsSilencedOrSleeps() {
    holds(hits(SILENCED));
  }

  @Test
  void noFileKnowsWhoseMachineItWasWrittenOn() {
    holds(hits(SOMEBODYS_FOLDER));
  }

  /** The module and package of a file, the same for production code and tests. */
  private static String place(Path file) {
    return TREE.name(file).replaceFirst("/[^/]+$", "").replaceFirst("src/(main|test)/", "src/*/");
  }

  private static List<String> hits(Pattern pattern) {
    List<String> hits = new ArrayList<>();
    for (Path file : TREE.files()) {
      List<String> lines = TREE.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          hits.add(TREE.name(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return hits;
  }

  private static Ratchet ratchet(int limit, int hardLimit, String list) {
    return Ratchet.read(limit, hardLimit, TREE, TREE.root().resolve("build/ratchet").resolve(list));
  }

  private static Set<String> missing(Set<String> names, String... wanted) {
    Set<String> missing = new TreeSet<>(List.of(wanted));
    missing.removeAll(names);
    return missing;
  }

  private static void holds(List<String> complaints) {
    assertEquals("", String.join("\n", complaints));
  }
}
