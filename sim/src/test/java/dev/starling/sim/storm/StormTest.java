package dev.starling.sim.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Summary;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StormTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final int STORMS = 60;

  @Test
  void invariantsHoldInStormsOfFixedSeedsThatAreLongAndFullOfFaults() {
    Summary summary = new Summary();
    for (long seed = 1_000; seed < 1_000 + STORMS; seed++) {
      Outcome outcome = new Storm(seed).run();
      assertHolds(outcome);
      assertTrue(outcome.virtualNanos() >= MINUTE, () -> "short: " + outcome);
      assertTrue(outcome.nodes() >= 9, () -> "small: " + outcome);
      summary.add(outcome);
    }
    summary.lines().forEach(System.out::println);
    assertTrue(summary.medianFaults() >= 10, () -> String.join("\n", summary.lines()));
  }

  /** Others each time; what fails comes again with {@code ./starling sim replay storm --seed N}. */
  @Test
  void invariantsHoldInFreshStorms() {
    long first = new SecureRandom().nextInt(2_000_000, Integer.MAX_VALUE);
    System.out.println("fresh storms: seeds " + first + " to " + (first + STORMS - 1));
    LongStream.range(first, first + STORMS).forEach(seed -> assertHolds(new Storm(seed).run()));
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    assertEquals(new Storm(7).run(), new Storm(7).run());
    assertNotEquals(new Storm(7).run().trace(), new Storm(8).run().trace());
  }

  private static void assertHolds(Outcome outcome) {
    assertEquals(
        List.of(),
        outcome.violations(),
        () -> "./starling sim replay storm --seed " + outcome.seed());
  }
}
