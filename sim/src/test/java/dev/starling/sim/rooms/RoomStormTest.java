package dev.starling.sim.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Summary;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoomStormTest {
  private static final int STORMS = 12;

  @Test
  void invariantsHoldInStormsOfFixedSeeds() {
    Summary summary = new Summary();
    for (long seed = 1_000; seed < 1_000 + STORMS; seed++) {
      Outcome outcome = new RoomStorm(seed).run();
      assertHolds(outcome);
      summary.add(outcome);
    }
    summary.lines().forEach(System.out::println);
    assertTrue(summary.medianFaults() >= 5, () -> String.join("\n", summary.lines()));
  }

  /** Others each time; what fails comes again with {@code ./starling sim replay rooms --seed N}. */
  @Test
  void invariantsHoldInFreshStorms() {
    long first = new SecureRandom().nextInt(2_000_000, Integer.MAX_VALUE);
    System.out.println("fresh storms: seeds " + first + " to " + (first + STORMS - 1));
    LongStream.range(first, first + STORMS).forEach(seed -> assertHolds(new RoomStorm(seed).run()));
  }

  @Test
  void sameSeedGivesTheSameTrace() {
    assertEquals(new RoomStorm(7).run(), new RoomStorm(7).run());
    assertNotEquals(new RoomStorm(7).run().trace(), new RoomStorm(8).run().trace());
  }

  private static void assertHolds(Outcome outcome) {
    assertEquals(
        List.of(),
        outcome.violations(),
        () -> "./starling sim replay rooms --seed " + outcome.seed());
  }
}
