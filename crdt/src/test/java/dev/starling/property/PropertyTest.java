package dev.starling.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

final class PropertyTest {
  private static final Pattern REPLAY =
      Pattern.compile("replay: -Dtest=(\\S+) -Dstarling.seed=(\\S+)");

  /** The seeds that the samples were tried with. */
  private static final List<Long> SEEN = new ArrayList<>();

  @BeforeEach
  void forgetSeeds() {
    SEEN.clear();
  }

  @Test
  void propertyIsTriedAsOftenAsItSays() {
    run("holds", "", "");
    assertEquals(20, SEEN.size());
    assertEquals(20, SEEN.stream().distinct().count());
  }

  @Test
  void everyBuildTriesTheSameSeeds() {
    run("holds", "", "");
    List<Long> first = List.copyOf(SEEN);
    SEEN.clear();
    run("holds", "", "");
    assertEquals(first, SEEN);
  }

  @Test
  void randomSeedLooksElsewhere() {
    run("holds", "random", "");
    List<Long> first = List.copyOf(SEEN);
    SEEN.clear();
    run("holds", "random", "");
    assertNotEquals(first, SEEN);
  }

  @Test
  void triesCanBeGivenFromOutside() {
    run("holds", "", "300");
    assertEquals(300, SEEN.size());
  }

  @Test
  void givenSeedIsTheOnlyTry() {
    run("holds", "-42", "");
    assertEquals(List.of(-42L), SEEN);
  }

  @Test
  void seedsThatFailedOnceComeFirst() {
    run("remembers", "", "");
    assertEquals(List.of(7L, 8L), SEEN.subList(0, 2));
    assertEquals(3, SEEN.size());
  }

  @Test
  void otherParametersAreResolvedAsUsual() {
    assertEquals(1, run("takesMore", "", "").testEvents().succeeded().count());
  }

  @Test
  void failureSaysHowToReplayIt() {
    Matcher replay = REPLAY.matcher(failure(run("fails", "", "")));
    assertTrue(replay.find());
    assertEquals(Samples.class.getName() + "#fails", replay.group(1));
    long failed = SEEN.getLast();
    assertEquals(Long.toString(failed), replay.group(2));

    SEEN.clear();
    Matcher replayed = REPLAY.matcher(failure(run("fails", replay.group(2), "")));
    assertTrue(replayed.find());
    assertEquals(replay.group(2), replayed.group(2));
    assertEquals(List.of(failed), SEEN);
  }

  @Test
  void failureShowsTheShortHistory() {
    String message = failure(run("failsForHistory", "", ""));
    assertTrue(message.contains("shrunk to 2:\n  1. b\n  2. b"), message);
    assertTrue(REPLAY.matcher(message).find(), message);
  }

  private static EngineExecutionResults run(String method, String seed, String tries) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                selectMethod(
                    Samples.class,
                    List.of(Samples.class.getDeclaredMethods()).stream()
                        .filter(candidate -> candidate.getName().equals(method))
                        .findFirst()
                        .orElseThrow()))
            .configurationParameter("starling.seed", seed);
    return (tries.isEmpty() ? kit : kit.configurationParameter("starling.tries", tries)).execute();
  }

  private static String failure(EngineExecutionResults results) {
    return results
        .testEvents()
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> String.valueOf(result.getThrowable().orElseThrow().getMessage()))
        .findFirst()
        .orElseThrow();
  }

  /** Run by the tests above only. */
  static final class Samples {
    @Property(tries = 20)
    void holds(Choices choices) {
      SEEN.add(choices.seed());
    }

    @Property(
        tries = 1,
        seeds = {7, 8})
    void remembers(Choices choices) {
      SEEN.add(choices.seed());
    }

    @Property(tries = 2)
    void takesMore(TestInfo info, Choices choices) {
      assertEquals("takesMore(TestInfo, Choices)", info.getDisplayName());
    }

    @Property
    void fails(Choices choices) {
      SEEN.add(choices.seed());
      assertTrue(choices.between(1, 10) < 10);
    }

    @Property
    void failsForHistory(Choices choices) {
      Histories.check(
          choices,
          30,
          each -> each.oneOf("a", "b"),
          history -> assertTrue(history.stream().filter("b"::equals).count() < 2));
    }
  }
}
