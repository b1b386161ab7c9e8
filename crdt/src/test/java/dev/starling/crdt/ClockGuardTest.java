package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.at;
import static dev.starling.crdt.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.FutureHold.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clocks that run ahead. */
final class ClockGuardTest {
  private static final long NOW = 100_000;

  private final ClockGuard guard = new ClockGuard(60_000);
  private final FutureHold hold = new FutureHold(2, 10_000);

  @Test
  void clockWithoutPeersIsNotAhead() {
    assertFalse(guard.isAhead(NOW));
  }

  @Test
  void clockAheadOfMostPeersIsFoundOut() {
    guard.heard("b", NOW, NOW - 501);
    guard.heard("c", NOW, NOW - 501);
    guard.heard("d", NOW, NOW);
    assertTrue(guard.isAhead(NOW));
  }

  @Test
  void oneSlowPeerDoesNotStopTheOthers() {
    guard.heard("b", NOW, NOW - 9_000);
    guard.heard("c", NOW, NOW);
    assertFalse(guard.isAhead(NOW));
  }

  @Test
  void oldAnswersDoNotCount() {
    guard.heard("b", NOW, NOW - 501);
    assertFalse(guard.isAhead(NOW + 60_001));
  }

  @Test
  void deltaOfThePresentIsDue() {
    assertEquals(Verdict.DUE, hold.offer(said(NOW + 500), NOW));
    assertEquals(0, hold.size());
  }

  @Test
  void deltaFromTheFutureIsHeldUntilItIsDue() {
    RoomDelta later = said(NOW + 2_000);
    RoomDelta sooner = said(NOW + 1_000);
    assertEquals(Verdict.HELD, hold.offer(later, NOW));
    assertEquals(Verdict.HELD, hold.offer(sooner, NOW));
    assertEquals(Verdict.HELD, hold.offer(later, NOW), "again");
    assertEquals(List.of(), hold.due(NOW + 499));
    assertEquals(List.of(sooner), hold.due(NOW + 500));
    assertEquals(List.of(later), hold.due(NOW + 1_500));
    assertEquals(0, hold.size());
  }

  @Test
  void whatIsHeldIsBoundedInTimeAndNumber() {
    assertEquals(Verdict.REFUSED, hold.offer(said(NOW + 10_001), NOW));
    hold.offer(said(NOW + 1_000), NOW);
    hold.offer(said(NOW + 1_001), NOW);
    assertEquals(Verdict.REFUSED, hold.offer(said(NOW + 1_002), NOW));
  }

  private static RoomDelta said(long millis) {
    return Flock.fresh(A).say("s", "u", text("hi"), at(millis));
  }
}
