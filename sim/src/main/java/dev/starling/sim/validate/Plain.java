package dev.starling.sim.validate;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Probe;
import dev.starling.membership.swim.SwimConfig.Repair;
import dev.starling.membership.swim.SwimConfig.Suspicion;
import dev.starling.membership.swim.SwimConfig.TargetOrder;
import dev.starling.sim.network.Even;
import dev.starling.sim.network.LinkQuality;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;

/**
 * The core with everything turned off that came after the SWIM paper, so that the paper's figures
 * apply.
 */
final class Plain {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  static final long PERIOD = SECOND;

  /** Longer than any run: a suspicion that never ends. */
  private static final double NEVER = 1e6;

  private static final long UNUSED = 1_000_000 * SECOND;

  private Plain() {}

  /** Suspects, and never declares dead. */
  static SwimConfig watching(int helpers, TargetOrder order) {
    SwimConfig base = SwimConfig.region();
    return base.with(new Probe(PERIOD, 100 * MILLI, 300 * MILLI, helpers, false, order))
        .with(new Suspicion(NEVER, 1, 0, 0, 100))
        .with(new Repair(UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED))
        .withHealthCeiling(0)
        .withoutStallGuard();
  }

  /** Declares dead whoever failed one round. */
  static SwimConfig unforgiving(long periodNanos, int helpers) {
    SwimConfig base = SwimConfig.region();
    return base.with(
            new Probe(periodNanos, 100 * MILLI, 300 * MILLI, helpers, false, TargetOrder.UNIFORM))
        .with(new Suspicion(0, 1, 0, 0, 100))
        .with(new Repair(UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED))
        .withHealthCeiling(0)
        .withoutStallGuard();
  }

  /** A group that knows itself, a millisecond from each other. */
  static World group(long seed, int nodes, SwimConfig config) {
    World world =
        new World(seed, new Even(nodes, LinkQuality.fixed(MILLI)), CoreUnderTest.flat(config));
    world.startAcquainted();
    return world;
  }
}
