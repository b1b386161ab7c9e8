package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.session.Relay.Fate;
import org.junit.jupiter.api.Test;

final class SenderLedgerTest {
  private static final long MEMORY = 100;

  private final SenderLedger ledger = new SenderLedger(2, MEMORY, 3);

  @Test
  void idTakenOrBelowIsKnown() {
    ledger.take("a", 4, 0);
    ledger.take("a", 6, 0);
    assertEquals(Fate.CONFIRMED, ledger.fate("a", 6));
    assertEquals(Fate.CONFIRMED, ledger.fate("a", 5));
    assertNull(ledger.fate("a", 7));
    assertNull(ledger.fate("b", 1));
  }

  @Test
  void idFromBeforeTheSenderWasKnownIsNotMistakenForTaken() {
    ledger.take("a", 4, 0);
    assertEquals(Fate.REFUSED, ledger.fate("a", 3));
  }

  @Test
  void refusedIdStaysRefusedWhenLaterOnesAreTaken() {
    ledger.take("a", 1, 0);
    ledger.refuse("a", 2, Fate.REFUSED, 0);
    ledger.refuse("a", 3, Fate.ABSENT, 0);
    ledger.take("a", 4, 0);
    assertEquals(Fate.REFUSED, ledger.fate("a", 2));
    assertEquals(Fate.ABSENT, ledger.fate("a", 3));
    assertEquals(Fate.CONFIRMED, ledger.fate("a", 4));
  }

  @Test
  void withdrawnIdIsNotMistakenForTaken() {
    ledger.take("a", 5, 0);
    ledger.take("a", 6, 0);
    ledger.refuse("a", 5, Fate.WITHDRAWN, 0);
    assertEquals(Fate.WITHDRAWN, ledger.fate("a", 5));
    assertEquals(Fate.CONFIRMED, ledger.fate("a", 6));
  }

  @Test
  void refusedIdOfAnUnknownSenderStaysRefusedAndALaterOneIsNew() {
    ledger.refuse("a", 5, Fate.REFUSED, 0);
    assertEquals(Fate.REFUSED, ledger.fate("a", 5));
    assertEquals(Fate.REFUSED, ledger.fate("a", 4));
    assertNull(ledger.fate("a", 6));
  }

  @Test
  void memoryOfRefusedIdsIsBoundedAndCounted() {
    ledger.take("a", 1, 0);
    long one = ledger.heldBytes();
    for (int id = 2; id < 1_000; id++) {
      ledger.refuse("a", id, Fate.REFUSED, 0);
    }
    assertEquals(3 * 88, ledger.heldBytes() - one);
    assertEquals(Fate.REFUSED, ledger.fate("a", 999));
    ledger.take("b", 1, 0);
    assertTrue(ledger.admits("c", MEMORY));
    assertEquals(one, ledger.heldBytes());
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
    assertNull(ledger.fate("a", 1));
    assertEquals(Fate.CONFIRMED, ledger.fate("b", 1));
  }
}
