package dev.starling.sim.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.sim.scenario.Outcome;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StormTest {
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void invariantsHoldInStormsOfFixedSeeds() {
    LongStream.range(1_000, 1_040).forEach(seed -> assertHolds(new Storm(seed).run()));
  }

  @Property(tries = 25)
  void invariantsHoldInFreshStorms(Choices choices) {
    assertHolds(new Storm(choices.nextLong(Long.MAX_VALUE)).run());
  }

  @Test
  void stormsAreLongAndFullOfFaults() {
    List<Outcome> outcomes = LongStream.range(1, 12).mapToObj(s -> new Storm(s).run()).toList();
    int[] effective = outcomes.stream().mapToInt(Outcome::effectiveFaults).sorted().toArray();
    assertTrue(effective[effective.length / 2] >= 10, () -> outcomes.toString());
    assertTrue(outcomes.stream().allMatch(outcome -> outcome.virtualNanos() >= MINUTE));
    assertTrue(outcomes.stream().allMatch(outcome -> outcome.nodes() >= 9));
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    assertEquals(new Storm(7).run(), new Storm(7).run());
    assertNotEquals(new Storm(7).run().trace(), new Storm(8).run().trace());
  }

  private static void assertHolds(Outcome outcome) {
    assertEquals(List.of(), outcome.violations(), () -> "seed " + outcome.seed());
  }
}
