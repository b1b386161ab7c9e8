package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.dot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CausalContextTest {
  @Test
  void gaplessDotsAreHeldAsOneNumber() {
    CausalContext context = CausalContext.of(List.of(dot(A, 3), dot(A, 1), dot(A, 2)));
    assertEquals(Map.of(A, 3L), context.vector());
    assertEquals(0, context.gaps());
  }

  @Test
  void dotsBeyondGapAreOneRangeUntilGapCloses() {
    CausalContext gap = CausalContext.of(List.of(dot(A, 1), dot(A, 3), dot(A, 4)));
    assertEquals(List.of(new DotRange(A, 1, 1), new DotRange(A, 3, 4)), gap.ranges());
    assertEquals(1, gap.gaps());
    CausalContext closed = gap.with(dot(A, 2));
    assertEquals(Map.of(A, 4L), closed.vector());
    assertEquals(0, closed.gaps());
  }

  @Test
  void firstDotIsOneWhereNothingWasSeen() {
    assertEquals(dot(A, 1), CausalContext.EMPTY.next(A));
  }

  @Test
  void nextDotIsAboveOwnDotsBeyondGap() {
    assertEquals(dot(A, 10), CausalContext.of(List.of(dot(A, 1), dot(A, 9), dot(B, 20))).next(A));
  }

  @Test
  void nextDotOfOneReplicaIgnoresOthers() {
    assertEquals(dot(B, 1), CausalContext.of(List.of(dot(A, 7))).next(B));
  }

  @Test
  void coversComparesPrefixWithCloud() {
    CausalContext prefix = CausalContext.of(List.of(dot(A, 1), dot(A, 2), dot(A, 3)));
    CausalContext gap = CausalContext.of(List.of(dot(A, 1), dot(A, 3)));
    assertTrue(prefix.covers(gap));
    assertFalse(gap.covers(prefix));
  }

  @Test
  void seenDotChangesNothing() {
    CausalContext context = CausalContext.of(List.of(dot(A, 1)));
    assertSame(context, context.with(dot(A, 1)));
    assertSame(context, context.union(CausalContext.EMPTY));
  }

  @Test
  void viewsCannotBeWrittenTo() {
    CausalContext context = CausalContext.of(List.of(dot(A, 1), dot(A, 3)));
    assertThrows(UnsupportedOperationException.class, () -> context.replicas().remove(A));
  }

  @Test
  void dotCounterIsBounded() {
    assertThrows(IllegalArgumentException.class, () -> dot(A, 0));
    assertThrows(IllegalArgumentException.class, () -> dot(A, Dot.MAX_COUNTER + 1));
  }

  @Property(tries = 300)
  void behavesAsTheSetOfItsDots(Choices choices) {
    Set<Dot> left = dots(choices);
    Set<Dot> right = dots(choices);
    CausalContext context = CausalContext.of(left);
    for (ReplicaId replica : Samples.REPLICAS) {
      for (int counter = 1; counter <= 9; counter++) {
        assertEquals(left.contains(dot(replica, counter)), context.contains(dot(replica, counter)));
      }
    }
    assertEquals(left.containsAll(right), context.covers(CausalContext.of(right)));
    Set<Dot> both = new TreeSet<>(left);
    both.addAll(right);
    assertEquals(CausalContext.of(both), context.union(CausalContext.of(right)));
    Set<Dot> mine = new TreeSet<>(left);
    mine.removeAll(right);
    assertEquals(CausalContext.of(mine), context.minus(CausalContext.of(right)));
    assertEquals(Collections.disjoint(left, right), context.disjoint(CausalContext.of(right)));
  }

  @Property(tries = 300)
  void normalFormDependsOnlyOnTheSet(Choices choices) {
    Set<Dot> dots = dots(choices);
    CausalContext oneByOne = CausalContext.EMPTY;
    for (Dot dot : choices.shuffled(List.copyOf(dots))) {
      oneByOne = oneByOne.with(dot);
    }
    CausalContext atOnce = CausalContext.of(dots);
    assertEquals(atOnce, oneByOne);
    assertEquals(atOnce.hashCode(), oneByOne.hashCode());
    assertEquals(atOnce, CausalContext.ofRanges(choices.shuffled(oneByOne.ranges())));
  }

  @Property
  void nextWasNeverSeenAndIsSeenAfterwards(Choices choices) {
    CausalContext context = CausalContext.of(dots(choices));
    Dot next = context.next(choices.oneOf(Samples.REPLICAS));
    assertFalse(context.contains(next));
    assertTrue(context.with(next).contains(next));
    assertTrue(context.with(next).covers(context));
  }

  private static Set<Dot> dots(Choices choices) {
    return new TreeSet<>(
        choices.listOf(16, each -> dot(each.oneOf(Samples.REPLICAS), each.between(1, 8))));
  }
}
