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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * After the storm, when all is well: what the group is for. One machine goes dark, one process
 * ends, one says goodbye, and everybody knows in time; then a region is cut off, and everybody
 * knows that, and nobody takes its nodes for dead.
 */
final class Epilogue {
  private static final long SECOND = 1_000_000_000L;
  private static final long LOOK = SECOND / 20;

  private final World world;
  private final Quiet quiet;
  private final Violations violations;
  private final RandomGenerator random;
  private final List<Awaited> awaited = new ArrayList<>();
  private final SortedMap<String, Long> noticed = new TreeMap<>();
  private boolean departed;

  /** Something that everybody has to know in time. */
  private record Awaited(String what, long beganNanos, long boundNanos, BooleanSupplier known) {}

  Epilogue(World world, Quiet quiet, Violations violations) {
    this.world = world;
    this.quiet = quiet;
    this.violations = violations;
    this.random = world.seeds().stream("epilogue");
    world.watch((machine, output) -> departed |= output instanceof Departed);
  }

  /** How long it took until everybody knew, in nanoseconds; what nobody waited for is left out. */
  SortedMap<String, Long> noticedNanos() {
    return Collections.unmodifiableSortedMap(noticed);
  }

  void run() {
    List<Integer> chosen = oneOfEachRegion();
    int dark = chosen.get(0);
    int ended = chosen.get(1);
    int leaving = chosen.get(2);
    departed = false;
    world.powerOff(dark);
    world.kill(ended);
    world.machine(leaving).give(new Leave());
    // A goodbye is told, a process that ended is found by its refused connections; silence takes
    // probes, and the longest suspicion of a few nodes.
    await("goodbye, to one", 1, () -> someKnow(leaving));
    await("goodbye, to most", 1.5, () -> mostKnow(leaving));
    await("goodbye", 5, () -> departed && allKnow(leaving));
    await("end of a process, to one", 1, () -> someKnow(ended));
    await("end of a process, to most", 1.5, () -> mostKnow(ended));
    await("end of a process", 8, () -> allKnow(ended));
    await("silence, to one", 8, () -> someKnow(dark));
    await("silence", 13, () -> allKnow(dark));
    watch();
    cutRegion(world.topology().region(dark));
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

  private boolean allKnow(int gone) {
    return others(gone).noneMatch(core -> believes(core, gone));
  }

  /** All but one, whom the news may have passed by until tables are compared. */
  private boolean mostKnow(int gone) {
    return others(gone).filter(core -> believes(core, gone)).count() <= 1;
  }

  private boolean someKnow(int gone) {
    return !others(gone).allMatch(core -> believes(core, gone));
  }

  private Stream<CoreUnderTest> others(int gone) {
    return IntStream.range(0, world.size())
        .filter(number -> number != gone)
        .mapToObj(number -> world.machine(number).core())
        .filter(Objects::nonNull);
  }

  private boolean believes(CoreUnderTest core, int gone) {
    String name = world.topology().name(gone);
    return core.facts().stream()
        .anyMatch(fact -> fact.node().name().equals(name) && fact.status().isLive());
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
    quiet.cutRegion();
    Rule out = new Rule(inside, outside, Weather.blocked());
    Rule in = new Rule(outside, inside, Weather.blocked());
    world.network().add(out);
    world.network().add(in);
    await("cut of a region", 6, () -> allMiss(inside, outside) && allMiss(outside, inside));
    watch();
    world.events().runUntil(world.events().now() + 4 * SECOND);
    world.network().remove(out);
    world.network().remove(in);
    await("return of a region", 4, this::nobodyMisses);
    watch();
  }

  private boolean allMiss(BitSet some, BitSet others) {
    return some.stream().allMatch(number -> misses(number, others));
  }

  private boolean misses(int number, BitSet others) {
    CoreUnderTest core = world.machine(number).core();
    return core == null
        || others.stream()
            .mapToObj(other -> world.topology().region(other))
            .allMatch(region -> core.unreachableRegions().contains(region));
  }

  private boolean nobodyMisses() {
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null && !core.unreachableRegions().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void await(String what, double seconds, BooleanSupplier known) {
    awaited.add(new Awaited(what, world.events().now(), (long) (seconds * SECOND), known));
  }

  /** Lets time pass until all that is awaited is known, or late. */
  private void watch() {
    while (!awaited.isEmpty()) {
      world.events().runUntil(world.events().now() + LOOK);
      awaited.removeIf(this::isOver);
    }
  }

  private boolean isOver(Awaited one) {
    long passed = world.events().now() - one.beganNanos();
    if (one.known().getAsBoolean()) {
      noticed.put(one.what(), passed);
      return true;
    }
    boolean late = passed >= one.boundNanos();
    if (late) {
      violations.add("what happens is noticed in time", one.what());
    }
    return late;
  }
}
