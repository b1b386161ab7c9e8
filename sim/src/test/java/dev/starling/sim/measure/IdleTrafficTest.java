package dev.starling.sim.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.network.Network;
import dev.starling.sim.network.Regions;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import org.junit.jupiter.api.Test;

class IdleTrafficTest {
  private static final long SECOND = 1_000_000_000L;

  /** Number of the key, nonce and tag of a sealed datagram, and its UDP and IPv6 headers. */
  private static final int AROUND_A_DATAGRAM = 40 + 8 + 40;

  private static final int MOST_BYTES = 3_000;

  @Test
  void hundredNodesOfOneRegionSayLittleWhenNothingHappens() {
    assertQuiet(Regions.one(100));
  }

  @Test
  void hundredNodesOfThreeRegionsSayLittleWhenNothingHappens() {
    assertQuiet(Regions.three(33));
  }

  private static void assertQuiet(Regions regions) {
    World world =
        new World(
            1,
            regions,
            CoreUnderTest.twoTiers(SwimConfig.region(), SwimConfig.wan(), RegionConfig.standard()));
    world.startAcquainted();
    world.events().runUntil(20 * SECOND);
    long before = bytes(world.network());
    int seconds = 30;
    world.events().runUntil((20 + seconds) * SECOND);
    long each = (bytes(world.network()) - before) / seconds / world.size();
    System.out.println(regions.hosts() + " nodes: " + each + " B/s each");
    assertTrue(each <= MOST_BYTES, each + " B/s");
  }

  private static long bytes(Network network) {
    return network.datagramBytes()
        + network.datagrams() * AROUND_A_DATAGRAM
        + network.streamBytes();
  }
}
