package dev.starling.server.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReopeningTest {
  private static final Endpoint PEER = new Endpoint("192.0.2.1", 7500);
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Reopening reopening = new Reopening(2, new SplittableRandom(1));

  @Test
  void pausesDoubleUpToHalfAMinuteAndAreHalfByChance() {
    long now = 0;
    assertEquals(0, reopening.pauseNanos(PEER, true, now));
    for (long most : List.of(1, 2, 4, 8, 16, 32, 64, 128, 128, 128)) {
      long pause = reopening.pauseNanos(PEER, true, now);
      assertTrue(pause >= most * FIRST / 2 && pause < most * FIRST, most + ": " + pause);
      now += pause;
    }
  }

  @Test
  void onlyABrokenConnectionIsMadeAgainAtOnce() {
    assertTrue(reopening.pauseNanos(PEER, false, 0) >= FIRST / 2);
  }

  @Test
  void afterAWhileOrAnEndOfTheProcessTheNextIsMadeAtOnceAgain() {
    assertEquals(0, reopening.pauseNanos(PEER, true, 0));
    assertEquals(0, reopening.pauseNanos(PEER, true, 61 * SECOND));
    assertTrue(reopening.pauseNanos(PEER, true, 62 * SECOND) > 0);
    reopening.gone(PEER);
    assertEquals(0, reopening.pauseNanos(PEER, true, 63 * SECOND));
  }

  @Test
  void noMoreThanSoManyPeersAreRemembered() {
    assertEquals(0, reopening.pauseNanos(PEER, true, 0));
    assertEquals(0, reopening.pauseNanos(new Endpoint("192.0.2.2", 7500), true, 0));
    assertEquals(0, reopening.pauseNanos(new Endpoint("192.0.2.3", 7500), true, 0));
    assertEquals(0, reopening.pauseNanos(PEER, true, 0));
  }
}
