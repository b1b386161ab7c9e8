package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SenderLedgerTest {
  private static final long MEMORY = 100;

  private final SenderLedger ledger = new SenderLedger(2, MEMORY);

  @Test
  void idTakenOrBelowIsKnown() {
    ledger.take("a", 5, 0);
    assertTrue(ledger.has("a", 5));
    assertTrue(ledger.has("a", 4));
    assertFalse(ledger.has("a", 6));
    assertFalse(ledger.has("b", 1));
  }

  @Test
  void withdrawnIdCanBeTakenAgain() {
    ledger.take("a", 5, 0);
    ledger.giveBack("a", 5);
    assertFalse(ledger.has("a", 5));
    assertTrue(ledger.has("a", 4));
  }

  @Test
  void idBelowTheLastIsNotGivenBack() {
    ledger.take("a", 5, 0);
    ledger.take("a", 6, 0);
    ledger.giveBack("a", 5);
    assertTrue(ledger.has("a", 5));
  }

  @Test
  void newSenderWaitsWhileAllOthersMayStillRepeat() {
    ledger.take("a", 1, 0);
    ledger.take("b", 1, 50);
    assertFalse(ledger.admits("c", MEMORY - 1));
    assertTrue(ledger.admits("a", MEMORY - 1));
  }

  @Test
  void longSilentSenderGivesWay() {
    ledger.take("a", 1, 0);
    ledger.take("b", 1, 50);
    assertTrue(ledger.admits("c", MEMORY));
    assertFalse(ledger.has("a", 1));
    assertTrue(ledger.has("b", 1));
  }
}
