package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BansTest {
  private static final long NOW = 1_000;

  private final RoomState a = Flock.fresh(A);
  private final RoomState b = Flock.fresh(B);

  @Test
  void banHoldsUntilItEnds() {
    a.merge(a.ban(new Ban("u", NOW + 10), NOW));
    assertTrue(a.isBanned("u", NOW + 9));
    assertFalse(a.isBanned("u", NOW + 10));
    assertFalse(a.isBanned("other", NOW));
  }

  @Test
  void banForGoodNeverEnds() {
    a.merge(a.ban(new Ban("u", Long.MAX_VALUE), NOW));
    assertTrue(a.isBanned("u", Long.MAX_VALUE - 1));
  }

  @Test
  void newBanReplacesTheUsersFormerOne() {
    a.merge(a.ban(new Ban("u", Long.MAX_VALUE), NOW));
    a.merge(a.ban(new Ban("u", NOW + 1), NOW));
    assertFalse(a.isBanned("u", NOW + 1));
    assertEquals(1, a.full().bans().size());
  }

  @Test
  void endedBansOfOthersAreDroppedByTheNextChange() {
    a.merge(a.ban(new Ban("ended", NOW), NOW - 1));
    a.merge(a.ban(new Ban("u", NOW + 1), NOW));
    assertEquals(1, a.full().bans().size());
    a.merge(a.unban("nobody", NOW + 1));
    assertEquals(0, a.full().bans().size());
  }

  @Test
  void liftedBanIsLiftedEverywhereEvenWhereItArrivesLate() {
    RoomDelta ban = a.ban(new Ban("u", NOW + 10), NOW);
    a.merge(ban);
    a.merge(a.unban("u", NOW));
    b.merge(a.full());
    b.merge(ban);
    assertFalse(b.isBanned("u", NOW));
    assertEquals(a.full(), b.full());
  }

  @Test
  void banSpokenDuringALiftingElsewhereStays() {
    a.merge(a.ban(new Ban("u", NOW + 10), NOW));
    b.merge(a.full());
    RoomDelta lifting = a.unban("u", NOW);
    RoomDelta again = b.ban(new Ban("u", NOW + 20), NOW);
    a.merge(lifting);
    a.merge(again);
    b.merge(again);
    b.merge(lifting);
    assertTrue(a.isBanned("u", NOW + 19));
    assertEquals(a.full(), b.full());
  }

  @Test
  void bansOfOthersAreCountedWithoutEndedOnes() {
    a.merge(a.ban(new Ban("u", NOW + 10), NOW));
    a.merge(a.ban(new Ban("v", NOW + 20), NOW));
    assertEquals(1, a.bansBesides("u", NOW));
    assertEquals(2, a.bansBesides("other", NOW));
    assertEquals(1, a.bansBesides("other", NOW + 10));
  }
}
