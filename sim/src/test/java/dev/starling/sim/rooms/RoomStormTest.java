package dev.starling.sim.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomStormTest {
  private static final int STORMS = 20;

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

  /** Some owners had let the room go, others not yet, when somebody came again. */
  @Test
  void ownersThatLetAPinnedRoomGoKeepWhereItIsKept() {
    assertHolds(new RoomStorm(100_213).run());
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
