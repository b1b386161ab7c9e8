package dev.starling.sim.storm;

import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.check.MembershipChecks;
import dev.starling.sim.check.Promises;
import dev.starling.sim.check.Quiet;
import dev.starling.sim.check.Speech;
import dev.starling.sim.check.Violations;
import dev.starling.sim.fault.FaultRunner;
import dev.starling.sim.fault.Planned;
import dev.starling.sim.kernel.Seeds;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Topology;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Simulation;
import java.util.List;
import java.util.random.RandomGenerator;

/** One seed: calm, storm, heal, quiet, check. */
public final class Storm implements Simulation {
  private static final long SECOND = 1_000_000_000L;
  private static final long CALM = 10 * SECOND;
  private static final long QUIET = 30 * SECOND;
  private static final long LOOK = SECOND / 4;

  private final World world;
  private final FaultRunner faults;
  private final Violations violations;
  private final MembershipChecks checks;
  private final Promises promises;
  private final Quiet quiet;
  private final List<Planned> schedule;
  private final List<Integer> seedMachines;
  private final long stormNanos;
  private final Restarts restarts;

  public Storm(long seed) {
    this(seed, SwimConfig.region(), SwimConfig.wan(), RegionConfig.standard());
  }

  public Storm(long seed, SwimConfig region, SwimConfig wan, RegionConfig regions) {
    RandomGenerator shape = new Seeds(seed).stream("shape");
    Topology topology =
        shape.nextInt(4) == 0
            ? Regions.one(9 + shape.nextInt(7))
            : Regions.three(3 + shape.nextInt(3));
    world = new World(seed, topology, CoreUnderTest.twoTiers(region, wan, regions));
    seedMachines = Restarts.seedMachines(topology);
    restarts = new Restarts(world, seedMachines);
    faults = new FaultRunner(world, seedMachines);
    violations = new Violations(world);
    checks = new MembershipChecks(world, violations, region.bounds().datagramBytes());
    promises = new Promises(world, violations);
    quiet = new Quiet(world, violations);
    Speech speech = new Speech(world, violations);
    world.tap(speech);
    world.watch(speech);
    world.watch(checks);
    world.watch(promises);
    world.watch(quiet);
    world.watch(restarts);
    stormNanos = (20 + shape.nextInt(20)) * SECOND;
    RandomGenerator random = world.seeds().stream("faults");
    schedule =
        StormPlan.ofMembership(random, topology)
            .draw(CALM, CALM + stormNanos, 8 + random.nextInt(10));
    faults.plan(schedule);
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public Outcome run() {
    for (int number = 0; number < world.size(); number++) {
      world.start(number, seedMachines);
    }
    long healAt = CALM + stormNanos;
    look(healAt);
    faults.heal();
    long healed = -1;
    while (world.events().now() < healAt + QUIET && violations.isEmpty()) {
      look(world.events().now() + LOOK);
      if (healed < 0 && checks.allAgree()) {
        healed = world.events().now() - healAt;
      }
    }
    if (violations.isEmpty()) {
      checks.inTheEnd();
    }
    Epilogue epilogue = new Epilogue(world, quiet, violations);
    if (violations.isEmpty()) {
      quiet.begin();
      look(world.events().now() + CALM);
      quiet.judgeTraffic();
      restarts.end();
      epilogue.run();
      promises.inTheEnd();
    }
    return new Outcome(
        world.seeds().seed(),
        world.size(),
        world.trace().hex(),
        Planned.kinds(schedule),
        Planned.kinds(faults.effective()),
        healed,
        epilogue.noticedNanos(),
        world.events().happened(),
        world.events().now(),
        violations.all());
  }

  private void look(long untilNanos) {
    while (world.events().now() < untilNanos) {
      world.events().runUntil(Math.min(untilNanos, world.events().now() + LOOK));
      checks.always();
    }
  }
}
