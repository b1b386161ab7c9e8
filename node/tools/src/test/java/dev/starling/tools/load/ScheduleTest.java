package dev.starling.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  /** Of ten seconds one is a stall: a tenth of all messages waited, half of them 500 ms or more. */
  @Test
  void stallIsChargedToEverythingThatWaited() {
    Schedule schedule = new Schedule(0, 1000);
    Tally tally = new Tally();
    for (long i = 0; i < 10_000; i++) {
      long intended = schedule.intendedNanos(i);
      boolean stalled = intended >= 5000 * MILLISECOND && intended < 6000 * MILLISECOND;
      tally.deliver(intended, stalled ? 6000 * MILLISECOND : intended + MILLISECOND);
    }
    assertEquals(1.0, atPercentile(tally, 90), 0.1);
    assertEquals(500, atPercentile(tally, 95), 5);
    assertEquals(900, atPercentile(tally, 99), 9);
  }

  @Test
  void rateIsKeptOverALongTime() {
    Schedule schedule = new Schedule(5, 300);
    assertEquals(5, schedule.intendedNanos(0));
    assertEquals(5 + TimeUnit.HOURS.toNanos(1), schedule.intendedNanos(300 * 3600));
  }

  @Test
  void whatWasToBeSentIsCounted() {
    Schedule schedule = new Schedule(0, 1000);
    assertEquals(0, schedule.due(0));
    assertEquals(1, schedule.due(1));
    assertEquals(1000, schedule.due(TimeUnit.SECONDS.toNanos(1)));
    assertTrue(schedule.intendedNanos(schedule.due(777_777)) >= 777_777);
  }

  private static double atPercentile(Tally tally, double percent) {
    return tally.delivery().getValueAtPercentile(percent) / (double) MILLISECOND;
  }
}
