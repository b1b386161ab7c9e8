package dev.starling.sim.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.ring.Ring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingBalanceTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 9, 12, 30})
  void onlyWhatANodeOwnsMovesWhenItGoesOrJoins(int nodes) {
    RingBalance balance = RingBalance.of(nodes);
    // Of three nodes nobody is left to take over.
    assertEquals(nodes > 3 ? balance.goes().necessary() : 0.0, balance.goes().gained());
    assertEquals(balance.joins().necessary(), balance.joins().gained());
    double ofItsZone = Ring.SHARDS / (nodes / 3.0 + 1);
    assertTrue(Math.abs(balance.joins().gained() / ofItsZone - 1) < 0.1, balance.toString());
  }
}
