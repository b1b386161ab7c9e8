package dev.starling.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HybridClockTest {
  private static final int NODES = 3;
  private static final long START_MILLIS = 1_000_000;

  private final HybridClock clock = new HybridClock();

  @Test
  void followsPhysicalTimeWhileItAdvances() {
    clock.tick(10);
    assertEquals(HybridTime.of(11, 0), clock.tick(11));
  }

  @Test
  void countsWithinOneMillisecond() {
    clock.tick(10);
    assertEquals(HybridTime.of(10, 1), clock.tick(10));
  }

  @Test
  void goesOnWherePhysicalTimeStepsBack() {
    clock.tick(10);
    assertEquals(HybridTime.of(10, 1), clock.tick(3));
  }

  @Test
  void tickIsAboveWhatWasObserved() {
    clock.observe(HybridTime.of(50, 7));
    assertEquals(HybridTime.of(50, 8), clock.tick(10));
  }

  @Test
  void observingThePastChangesNothing() {
    clock.tick(10);
    clock.observe(HybridTime.of(9, 7));
    assertEquals(HybridTime.of(10, 1), clock.tick(10));
  }

  @Test
  void timeFarAheadDoesNotDragTheClockAlong() {
    clock.tick(1_000);
    assertFalse(clock.observe(HybridTime.of(1_501, 0), 1_000));
    assertEquals(HybridTime.of(1_000, 1), clock.tick(1_000));
    assertTrue(clock.observe(HybridTime.of(1_500, 0), 1_000));
    assertEquals(HybridTime.of(1_500, 1), clock.tick(1_000));
  }

  @Test
  void fullCounterMovesToTheNextMillisecond() {
    clock.observe(HybridTime.of(10, HybridTime.MAX_COUNTER));
    assertEquals(HybridTime.of(11, 0), clock.tick(10));
  }

  @Test
  void staysAtTheEndOfTimeRatherThanGoingBack() {
    HybridTime last = HybridTime.of(HybridTime.MAX_MILLIS, HybridTime.MAX_COUNTER);
    clock.observe(last);
    assertEquals(last, clock.tick(10));
  }

  @Test
  void physicalTimeOutOfRangeIsClamped() {
    assertEquals(HybridTime.of(0, 1), clock.tick(-5));
    assertEquals(HybridTime.of(HybridTime.MAX_MILLIS, 0), clock.tick(Long.MAX_VALUE));
  }

  @Test
  void partsAreKeptApart() {
    HybridTime time = HybridTime.of(HybridTime.MAX_MILLIS, HybridTime.MAX_COUNTER);
    assertEquals(HybridTime.MAX_MILLIS, time.millis());
    assertEquals(HybridTime.MAX_COUNTER, time.counter());
  }

  @Test
  void partsOutOfBoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> HybridTime.of(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridTime.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> HybridTime.of(HybridTime.MAX_MILLIS + 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> HybridTime.of(1, HybridTime.MAX_COUNTER + 1));
    assertThrows(IllegalArgumentException.class, () -> new HybridTime(-1));
  }

  /** One node's event: it sends, or it takes what another one last sent. */
  private record Step(int node, int from, boolean receives) {
    static Step draw(Choices choices) {
      return new Step(
          choices.between(0, NODES - 1), choices.between(0, NODES - 1), choices.nextBoolean());
    }
  }

  /**
   * Events are a millisecond apart, clocks are off by up to the skew: the counter stays within skew
   * over event distance plus one, and the clock within the skew of its physical time.
   */
  @Property(tries = 200)
  void counterAndDriftStayWithinTheSkew(Choices choices) {
    int skewMillis = choices.between(0, 20);
    List<Integer> offsets = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      offsets.add(choices.between(0, skewMillis));
    }
    Histories.check(
        choices,
        200,
        Step::draw,
        history -> {
          List<HybridClock> clocks =
              List.of(new HybridClock(), new HybridClock(), new HybridClock());
          List<HybridTime> sent =
              new ArrayList<>(List.of(HybridTime.ZERO, HybridTime.ZERO, HybridTime.ZERO));
          long now = START_MILLIS;
          for (Step step : history) {
            now++;
            HybridClock mine = clocks.get(step.node());
            HybridTime before = sent.get(step.node());
            if (step.receives()) {
              mine.observe(sent.get(step.from()));
            }
            HybridTime time = mine.tick(now + offsets.get(step.node()));
            assertTrue(time.compareTo(before) > 0, "a clock went back");
            assertTrue(!step.receives() || time.compareTo(sent.get(step.from())) > 0, "causality");
            assertTrue(time.counter() <= skewMillis + 1, "counter " + time.counter());
            assertTrue(time.millis() - (now + offsets.get(step.node())) <= skewMillis, "drift");
            sent.set(step.node(), time);
          }
        });
  }
}
