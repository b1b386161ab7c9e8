package dev.starling.sim.validate;

import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Suspicion;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * V6: Lifeguard's experiment (Dadgar et al., 2017, section V): some members neither send nor
 * receive for a while, again and again, and accuse others of what is their own fault. With local
 * health, nacks and confirmed suspicions at least fifty times fewer of the others are declared
 * dead, and real deaths are found hardly later.
 */
final class LifeguardStalls implements Validation {
  private static final int NODES = 64;
  private static final int FULL = 40;
  private static final int STALLED = 8;
  private static final long STALL = 16 * Plain.SECOND;
  private static final long BETWEEN = Plain.SECOND;
  private static final long LENGTH = 120 * Plain.SECOND;

  @Override
  public String name() {
    return "V6";
  }

  @Override
  public String title() {
    return "false deaths, detection and messages while members stall, Lifeguard off and on";
  }

  /** What several runs came to. */
  private record Sums(int falseDeaths, double medianDetection, long messages) {}

  @Override
  public List<Figure> measure(long seed, double size) {
    int runs = (int) Math.max(4, FULL * size);
    Sums off = run(seed, runs, without());
    Sums on = run(seed, runs, SwimConfig.region());
    return List.of(
        Figure.atLeast("false deaths without it", 1, off.falseDeaths()),
        Figure.atLeast(
            "times fewer false deaths with it",
            50,
            off.falseDeaths() / Math.max(1.0, on.falseDeaths())),
        Figure.atMost(
            "median detection with it over without",
            1.10,
            on.medianDetection() / off.medianDetection()),
        Figure.atMost(
            "messages with it over without", 1.15, (double) on.messages() / off.messages()));
  }

  /** SWIM with suspicions of a fixed time, as long as confirmed ones. */
  private static SwimConfig without() {
    Suspicion suspicion = SwimConfig.region().suspicion();
    return SwimConfig.region()
        .withHealthCeiling(0)
        .withoutStallGuard()
        .with(new Suspicion(suspicion.leastPeriods(), 1, 0, 0, suspicion.many()));
  }

  private static Sums run(long seed, int runs, SwimConfig config) {
    int falseDeaths = 0;
    long messages = 0;
    List<Double> detections = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      World stalls = Plain.group(seed + i, NODES, config);
      falseDeaths += falseDeaths(stalls);
      messages += stalls.network().datagrams();
      detections.add(detection(Plain.group(seed + i, NODES, config)));
    }
    Collections.sort(detections);
    return new Sums(falseDeaths, detections.get(runs / 2), messages);
  }

  private static int falseDeaths(World world) {
    Map<String, Boolean> stalled = new LinkedHashMap<>();
    for (int number = 0; number < STALLED; number++) {
      stalled.put(world.topology().name(number), true);
      stall(world, number);
    }
    int[] deaths = new int[1];
    world.watch((machine, output) -> {
      boolean death =
          output instanceof Changed changed
              && changed.after().status() == Status.DEAD
              && !stalled.containsKey(changed.after().node().name())
              && machine.number() >= STALLED;
      deaths[0] += death ? 1 : 0;
    });
    world.events().runUntil(LENGTH);
    return deaths[0];
  }

  private static void stall(World world, int number) {
    world
        .events()
        .after(
            BETWEEN,
            () -> {
              world.machine(number).block(STALL);
              world.events().after(STALL, () -> stall(world, number));
            });
  }

  /** Seconds from a crash to the first to know. */
  private static double detection(World world) {
    world.events().runUntil(5 * Plain.SECOND);
    long[] at = {-1};
    world.watch((machine, output) -> {
      if (output instanceof Changed changed && changed.after().status() == Status.DEAD) {
        at[0] = at[0] < 0 ? world.events().now() : at[0];
      }
    });
    long began = world.events().now();
    world.powerOff(NODES - 1);
    while (at[0] < 0) {
      world.events().runUntil(world.events().now() + Plain.SECOND / 10);
    }
    return (at[0] - began) / 1e9;
  }
}
