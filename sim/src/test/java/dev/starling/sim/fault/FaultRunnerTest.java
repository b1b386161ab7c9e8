package dev.starling.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.check.MembershipChecks;
import dev.starling.sim.check.Violations;
import dev.starling.sim.fault.Fault.ClockJump;
import dev.starling.sim.fault.Fault.Drift;
import dev.starling.sim.fault.Fault.Front;
import dev.starling.sim.fault.Fault.Pause;
import dev.starling.sim.fault.Fault.SlowCpu;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultRunnerTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  @Test
  void whatMadeSomethingLateOrAClockDifferentCounts() {
    assertEquals(Set.of("pause"), effective(new Planned(0, "pause", new Pause(0, SECOND))));
    assertEquals(
        Set.of("slow"), effective(new Planned(0, "slow", new SlowCpu(0, 100 * MILLI, SECOND))));
    assertEquals(
        Set.of("drift"), effective(new Planned(0, "drift", new Drift(0, 2_000, 5 * SECOND))));
    assertEquals(Set.of("jump"), effective(new Planned(0, "jump", new ClockJump(0, SECOND))));
  }

  @Test
  void whatNothingCameOfDoesNotCount() {
    assertEquals(Set.of(), effective(new Planned(0, "pause", new Pause(0, 1))));
    assertEquals(Set.of(), effective(new Planned(0, "slow", new SlowCpu(0, 1, SECOND))));
    assertEquals(Set.of(), effective(new Planned(0, "drift", new Drift(0, 2, 5 * SECOND))));
  }

  @Test
  void clockOfAProcessThatStandsStillMakesNoDifference() {
    Planned pause = new Planned(0, "pause", new Pause(0, 20 * SECOND));
    Planned jump = new Planned(1, "jump", new ClockJump(0, SECOND));
    Planned drift = new Planned(1, "drift", new Drift(0, 2_000, 5 * SECOND));
    assertEquals(Set.of(), effective(pause, jump, drift), "and the pause isn't over yet");
  }

  @Test
  void damagedDatagramsReachTheCodecAndNoNode() {
    World world = new World(1, Regions.one(5), CoreUnderTest.flat(SwimConfig.region()));
    Violations violations = new Violations(world);
    world.watch(new MembershipChecks(world, violations, 1_160));
    world.startAcquainted();
    BitSet all = new BitSet();
    all.set(0, world.size());
    Front damage = new Front(all, all, Weather.corrupting(1), false, 20 * SECOND);
    FaultRunner runner = new FaultRunner(world, List.of(0));
    runner.plan(List.of(new Planned(0, "damage", damage)));
    long before = world.network().datagrams();
    world.events().runUntil(world.events().now() + 10 * SECOND);
    long sent = world.network().datagrams() - before;
    long damaged = 0;
    long read = 0;
    for (int number = 0; number < world.size(); number++) {
      damaged += world.machine(number).counts().damaged();
      read += world.machine(number).counts().readThoughDamaged();
    }
    assertTrue(damaged > sent * 0.9, damaged + " of " + sent);
    assertTrue(read > 0, "a flipped bit of a number is still a packet to the codec");
    assertEquals(1, runner.effective().size());
    assertEquals(List.of(), violations.all());
  }

  private static Set<String> effective(Planned... schedule) {
    World world = world();
    FaultRunner runner = new FaultRunner(world, List.of(0));
    runner.plan(List.of(schedule));
    world.events().runUntil(world.events().now() + 10 * SECOND);
    return runner.effective().stream().map(Planned::kind).collect(Collectors.toSet());
  }

  private static World world() {
    World world = new World(1, Regions.one(5), CoreUnderTest.flat(SwimConfig.region()));
    world.startAcquainted();
    return world;
  }
}
