package dev.starling.sim.storm;

import dev.starling.membership.swim.SwimInput.Leave;
import dev.starling.membership.swim.SwimOutput.Departed;
import dev.starling.sim.check.Quiet;
import dev.starling.sim.check.Violations;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * After the storm, when all is well: what the group is for. One machine goes dark, one process
 * ends, one says goodbye, and everybody knows in time; then a region is cut off, and everybody
 * knows that, and nobody takes its nodes for dead.
 */
final class Epilogue {
  private static final long SECOND = 1_000_000_000L;

  /** A process that ended is found by its refused connections, a goodbye is told. */
  private static final long SOON = 4 * SECOND;

  /** Silence is found by probes: two rounds, and the longest suspicion of a few nodes. */
  private static final long LATER = 16 * SECOND;

  private static final long CUT = 12 * SECOND;

  private final World world;
  private final Quiet quiet;
  private final Violations violations;
  private final RandomGenerator random;
  private boolean departed;

  Epilogue(World world, Quiet quiet, Violations violations) {
    this.world = world;
    this.quiet = quiet;
    this.violations = violations;
    this.random = world.seeds().stream("epilogue");
    world.watch((machine, output) -> departed |= output instanceof Departed);
  }

  void run() {
    List<Integer> chosen = oneOfEachRegion();
    departed = false;
    world.powerOff(chosen.get(0));
    world.kill(chosen.get(1));
    world.machine(chosen.get(2)).give(new Leave());
    run(SOON);
    quiet.allKnowTheEnd(chosen.get(1), "a process");
    quiet.allKnowTheEnd(chosen.get(2), "a goodbye");
    if (!departed) {
      violations.add("a goodbye ends", world.topology().name(chosen.get(2)));
    }
    run(LATER - SOON);
    quiet.allKnowTheEnd(chosen.get(0), "silence");
    cutRegion(world.topology().region(chosen.get(0)));
  }

  /** Three different machines; of different regions, where there are three. */
  private List<Integer> oneOfEachRegion() {
    List<Integer> chosen = new ArrayList<>();
    int each = world.size() / 3;
    for (int third = 0; third < 3; third++) {
      chosen.add(third * each + random.nextInt(each));
    }
    return chosen;
  }

  private void cutRegion(String region) {
    BitSet inside = new BitSet();
    BitSet outside = new BitSet();
    for (int number = 0; number < world.size(); number++) {
      inside.set(number, world.topology().region(number).equals(region));
      outside.set(number, !inside.get(number));
    }
    if (outside.isEmpty()) {
      return;
    }
    Rule out = new Rule(inside, outside, Weather.blocked());
    Rule in = new Rule(outside, inside, Weather.blocked());
    world.network().add(out);
    world.network().add(in);
    run(CUT);
    inside.stream().forEach(number -> misses(number, outside));
    outside.stream().forEach(number -> misses(number, inside));
    world.network().remove(out);
    world.network().remove(in);
    run(CUT);
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null && !core.unreachableRegions().isEmpty()) {
        violations.add(
            "a region that is back is reachable", core.self() + ": " + core.unreachableRegions());
      }
    }
  }

  private void misses(int number, BitSet others) {
    CoreUnderTest core = world.machine(number).core();
    others.stream()
        .mapToObj(other -> world.topology().region(other))
        .distinct()
        .filter(region -> core != null && !core.unreachableRegions().contains(region))
        .forEach(region ->
            violations.add(
                "a region that is cut off is unreachable",
                world.topology().name(number) + " reaches " + region));
  }

  private void run(long nanos) {
    world.events().runUntil(world.events().now() + nanos);
  }
}
