package dev.starling.sim.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.sim.planted.PlantedBug.Caught;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedBugsTest {
  /** Seeds that nothing was tuned with. */
  private static final long FIRST_SEED = 700_000;

  private static final int MOST_STORMS = 200;

  /** Noticed by nearly every storm. */
  private static final List<String> QUICK =
      List.of("few-facts", "refusals-unheard", "removals-forgotten");

  /** So many, from the first seed on, are known to find nothing in the core as it is. */
  private static final Map<String, Integer> STORMS_OF_THE_CORE_AS_IT_IS = new TreeMap<>();

  private static final boolean ALL = Boolean.getBoolean("starling.planted.all");

  static List<PlantedBug> bugs() throws IOException {
    return PlantedBug.all();
  }

  static List<PlantedBug> tried() throws IOException {
    return bugs().stream().filter(bug -> ALL || QUICK.contains(bug.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void patchesStillApply(PlantedBug bug) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "apply", "--check", bug.patch().toString())
            .directory(Path.of("..").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), () -> bug.name() + ": " + said);
  }

  @ParameterizedTest
  @MethodSource("tried")
  void bugsAreFoundByStormsAndThoseOfTheMembershipByNothingElse(PlantedBug bug, @TempDir Path work)
      throws IOException, InterruptedException {
    Path classes = bug.compile(work);
    if (ALL && !bug.isOfRooms()) {
      assertTrue(PlantedBug.passesUnitTests(classes), "a unit test notices " + bug.name());
    }
    Caught caught =
        PlantedBug.storm(bug.scenario(), List.of(classes), FIRST_SEED, MOST_STORMS)
            .orElseThrow(() -> new AssertionError("not noticed in " + MOST_STORMS + " storms"));
    assertCoreAsItIsPasses(bug.scenario(), caught.storms());
    System.out.println(
        String.format(
            Locale.ROOT,
            "| `%s` | %s | %d | %s |",
            bug.name(),
            bug.title(),
            caught.storms(),
            caught.invariant()));
  }

  /** Else the storms would have found something else. */
  private static void assertCoreAsItIsPasses(String scenario, int storms)
      throws IOException, InterruptedException {
    int before = STORMS_OF_THE_CORE_AS_IT_IS.getOrDefault(scenario, 0);
    if (storms > before) {
      long first = FIRST_SEED + before;
      assertEquals(Optional.empty(), PlantedBug.storm(scenario, List.of(), first, storms - before));
      STORMS_OF_THE_CORE_AS_IT_IS.put(scenario, storms);
    }
  }
}
