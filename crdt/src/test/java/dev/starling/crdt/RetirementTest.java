package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.C;
import static dev.starling.crdt.Samples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replica B dies for good; A mints anew what it had minted. */
final class RetirementTest {
  private static final long NOW = 1_000;

  private final RoomState a = Flock.fresh(A);
  private final RoomState b = Flock.fresh(B);
  private final RoomState c = Flock.fresh(C);
  private final RoomDelta join = b.put(member("s1"));

  private static Member member(String session) {
    return Samples.member(session, 1, new Stamp(at(1), B));
  }

  @BeforeEach
  void fill() {
    b.merge(join);
    a.merge(join);
    c.merge(join);
  }

  @Test
  void memberStaysAndTheDeadLeaveTheContext() {
    assertTrue(a.merge(a.retire(B, NOW)).isEmpty());
    assertEquals(member("s1"), a.member("s1"));
    assertFalse(a.context().replicas().contains(B));
    assertTrue(a.merge(join).isEmpty());
    assertFalse(a.context().replicas().contains(B));
  }

  @Test
  void recordThatArrivesAloneWaitsForWhatReplacesTheEntries() {
    RoomDelta retirement = a.retire(B, NOW);
    c.merge(RoomDelta.EMPTY.withRetired(retirement.retired()));
    assertEquals(member("s1"), c.member("s1"));
    assertTrue(c.context().covers(join.context()));
    assertTrue(c.merge(retirement).isEmpty());
    assertEquals(member("s1"), c.member("s1"));
    assertFalse(c.context().replicas().contains(B));
  }

  @Test
  void entryThatNobodySawIsMintedAnewByWhoeverHasIt() {
    c.merge(b.put(member("s2")));
    RoomDelta first = a.retire(B, NOW);
    a.merge(first);
    c.merge(first);
    assertEquals(member("s2"), c.member("s2"));
    assertEquals(List.of(B), c.toRetireAgain());
    RoomDelta again = c.retire(B, NOW);
    assertTrue(c.merge(again).isEmpty());
    a.merge(again);
    assertEquals(List.of(), c.toRetireAgain());
    assertEquals(a.full(), c.full());
    assertNotNull(a.member("s2"));
  }

  @Test
  void whoeverIsRetiredKnowsItAndMintsNoDotTwice() {
    b.merge(a.retire(B, NOW));
    assertTrue(b.isRetired());
    assertFalse(a.isRetired());
    assertEquals(2, b.remove("nobody").context().only(B).ranges().getFirst().first());
  }

  @Test
  void whatTheLivingMintedMayBeRetiredTheSameWay() {
    a.merge(a.retire(B, NOW));
    c.merge(a.full());
    c.merge(c.retire(A, NOW));
    assertEquals(member("s1"), c.member("s1"));
    assertEquals(List.of(C), List.copyOf(c.context().replicas()));
    assertTrue(c.merge(join).isEmpty());
    assertEquals(List.of(C), List.copyOf(c.context().replicas()));
  }

  @Test
  void recordsAreDroppedWhenTheyAreOld() {
    a.merge(a.retire(B, NOW));
    a.dropRetirements(NOW);
    assertEquals(1, a.full().retired().size());
    a.dropRetirements(NOW + 1);
    assertTrue(a.full().retired().isEmpty());
    assertTrue(a.forgotten().isEmpty());
  }

  @Test
  void dotsThatThisReplicaNeverMintedAreNotAdmitted() {
    assertTrue(a.admits(join));
    assertFalse(a.admits(RoomDelta.of(CausalContext.EMPTY.with(new Dot(A, 1)))));
    a.merge(a.remove("nobody"));
    assertTrue(a.admits(RoomDelta.of(CausalContext.EMPTY.with(new Dot(A, 1)))));
  }

  @Test
  void moreGapsThanAreKeptAreNotAdmitted() {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < RoomState.MAX_GAPS; i++) {
      dots.add(new Dot(C, 2L * i + 2));
    }
    assertTrue(a.admits(RoomDelta.of(CausalContext.of(dots))));
    dots.add(new Dot(C, Dot.MAX_COUNTER));
    assertFalse(a.admits(RoomDelta.of(CausalContext.of(dots))));
  }
}
