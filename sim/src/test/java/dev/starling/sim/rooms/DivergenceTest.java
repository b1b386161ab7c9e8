package dev.starling.sim.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final int ROOMS = 500;

  @Test
  void regionsThatWentTheirOwnWaysAreEqualSoonAndAtTheCostOfWhatLives() {
    Divergence.Healed healed = new Divergence(1, ROOMS).run();
    System.out.println(healed);
    assertEquals(ROOMS, healed.rooms());
    assertTrue(healed.holds(), healed.toString());
  }
}
