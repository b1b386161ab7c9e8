package dev.starling.sim.measure;

import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * How good a group of one region is under a steady loss of datagrams: how many of the living it
 * declares dead in an hour, how soon it finds a machine that went dark, and what it sends.
 *
 * @param falseDeathsPerHour declarations, of whatever node, each counted once
 * @param firstSeconds times from a crash to the first that knows, sorted
 * @param lastSeconds times from a crash to the last, sorted
 * @param pausesTakenForDeaths the share of pauses of {@value #PAUSE_SECONDS} s that end in death
 * @param bytesPerSecond what a node sends while nothing happens, before it is sealed
 */
public record GroupQuality(
    double falseDeathsPerHour,
    List<Double> firstSeconds,
    List<Double> lastSeconds,
    double pausesTakenForDeaths,
    double bytesPerSecond) {
  private static final long SECOND = 1_000_000_000L;
  private static final int PAUSE_SECONDS = 2;
  private static final double HOUR = 3_600.0;

  /** When a crash counts as not found: nothing waits for longer. */
  private static final long PATIENCE = 300 * SECOND;

  /**
   * Measures.
   *
   * @param loss the share of datagrams lost, 0 to 1
   * @param seconds how long is waited for false deaths, in virtual seconds
   * @param crashes how many machines go dark, one after the other
   */
  public static GroupQuality of(
      SwimConfig config, int nodes, double loss, int seconds, int crashes, long seed) {
    World world = new World(seed, Regions.one(nodes), CoreUnderTest.flat(config));
    world.startAcquainted();
    BitSet all = new BitSet();
    all.set(0, nodes);
    world.network().add(new Rule(all, all, Weather.lossy(loss)));
    Deaths deaths = new Deaths(world);
    world.watch(deaths);
    world.events().runUntil(10 * SECOND);
    long bytes = bytes(world);
    world.events().runUntil(world.events().now() + seconds * SECOND);
    double sent = (double) (bytes(world) - bytes) / nodes / seconds;
    double wrong = deaths.wrong.size() * HOUR / seconds;
    List<Double> first = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    RandomGenerator random = world.seeds().stream("crashes");
    for (int i = 0; i < crashes; i++) {
      deaths.crash(random.nextInt(nodes), random.nextLong(SECOND));
      first.add(deaths.first);
      last.add(deaths.last);
    }
    int pauses = 0;
    for (int i = 0; i < crashes; i++) {
      pauses += deaths.pause(random.nextInt(nodes), random.nextLong(SECOND)) ? 1 : 0;
    }
    Collections.sort(first);
    Collections.sort(last);
    return new GroupQuality(wrong, first, last, (double) pauses / crashes, sent);
  }

  private static long bytes(World world) {
    return world.network().datagramBytes() + world.network().streamBytes();
  }

  /** Sees who is declared dead. */
  private static final class Deaths implements World.Observer {
    private final World world;
    private final Set<String> wrong = new TreeSet<>();
    private final BitSet informed = new BitSet();
    private String victim = "";
    private long crashed;
    private double first;
    private double last;

    Deaths(World world) {
      this.world = world;
    }

    @Override
    public void saw(Machine machine, SwimOutput output) {
      if (output instanceof Changed changed && changed.after().status() == Status.DEAD) {
        NodeId dead = changed.after().node();
        if (dead.name().equals(victim)) {
          last = (double) (world.events().now() - crashed) / SECOND;
          first = informed.isEmpty() ? last : first;
          informed.set(machine.number());
        } else if (dead.equals(world.machine(world.numberOf(dead.name())).self())) {
          wrong.add(dead + " " + changed.after().incarnation());
        }
      }
    }

    /** Lets a machine go dark until all know, and starts it again. */
    void crash(int number, long afterNanos) {
      run(afterNanos);
      informed.clear();
      victim = world.topology().name(number);
      crashed = world.events().now();
      first = (double) PATIENCE / SECOND;
      last = first;
      world.powerOff(number);
      while (informed.cardinality() < world.size() - 1
          && world.events().now() < crashed + PATIENCE) {
        run(SECOND / 10);
      }
      victim = "";
      world.start(number, List.of((number + 1) % world.size(), (number + 2) % world.size()));
      run(5 * SECOND);
    }

    /** Lets a machine stand still; whether it was declared dead. */
    boolean pause(int number, long afterNanos) {
      run(afterNanos);
      int before = wrong.size();
      world.machine(number).pause(PAUSE_SECONDS * SECOND);
      run(10 * SECOND);
      return wrong.size() > before;
    }

    private void run(long nanos) {
      world.events().runUntil(world.events().now() + nanos);
    }
  }
}
