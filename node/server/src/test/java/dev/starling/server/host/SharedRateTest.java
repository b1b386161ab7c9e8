package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.host.SharedRate.Pace;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Rates that several share, the bounded table of them, and whom an address stands for. */
final class SharedRateTest {
  private static final long SECOND = 1_000_000_000;

  private final SharedRate rate = new SharedRate(10, 20);

  @Test
  void burstIsWithinAndWhatFollowsIsAbove() {
    assertEquals(Pace.WITHIN, rate.take(20, 0));
    assertEquals(Pace.ABOVE, rate.take(1, 0));
    assertEquals(Pace.FAR_ABOVE, rate.take(19, 0));
  }

  @Test
  void rateRecoversAndForgetsNoMoreThanTwoBursts() {
    rate.take(1_000_000, 0);
    assertEquals(Pace.ABOVE, rate.take(1, SECOND));
    assertEquals(Pace.WITHIN, rate.take(1, 5 * SECOND));
    assertFalse(rate.idle(5 * SECOND));
    assertTrue(rate.idle(10 * SECOND));
  }

  @Test
  void whatIsRefusedCostsNothingWhereItIsAskedForOneByOne() {
    for (int i = 0; i < 20; i++) {
      assertTrue(rate.takeOne(0));
    }
    for (int i = 0; i < 100; i++) {
      assertFalse(rate.takeOne(0));
    }
    assertTrue(rate.usedUp(0));
    assertFalse(rate.usedUp(SECOND / 10));
    assertTrue(rate.takeOne(SECOND / 10));
  }

  @Test
  void fullTableTurnsNewKeysAwayUntilOthersAreForgotten() {
    ShareConfig.Traffic traffic = new ShareConfig.Traffic(10, 20, 1000);
    ShareTable<String, Share> table = new ShareTable<>(2, () -> new Share(traffic));
    Share first = table.hold("first", share -> true, 0);
    assertNotNull(first);
    first.take(20, 1, 0);
    assertNotNull(table.hold("second", share -> true, 0));
    assertNull(table.hold("third", share -> true, 0));
    assertNotNull(table.hold("second", share -> share.holders() < 2, 0));
    assertNull(table.hold("second", share -> share.holders() < 2, 0));
    table.letGo("first", 0);
    // What it sent is remembered for two seconds.
    assertNull(table.hold("third", share -> true, SECOND));
    assertNotNull(table.hold("third", share -> true, 3 * SECOND));
    assertEquals(2, table.size());
  }

  @Test
  void addressOfVersion6StandsForItsNetwork() {
    assertEquals(key("2001:db8::1"), key("2001:db8::ffff:1"));
    assertFalse(key("2001:db8::1").equals(key("2001:db8:0:1::1")));
    assertFalse(key("192.0.2.1").equals(key("192.0.2.2")));
    assertFalse(key("0.0.0.1").equals(key("::1")));
    assertEquals(key("192.0.2.1"), key("::ffff:192.0.2.1"));
  }

  private static AddressKey key(String address) {
    return AddressKey.of(InetAddress.ofLiteral(address));
  }
}
