package dev.starling.sim.storm;

import dev.starling.sim.fault.Fault;
import dev.starling.sim.fault.Fault.ClockJump;
import dev.starling.sim.fault.Fault.CrashLoop;
import dev.starling.sim.fault.Fault.DamagedDisk;
import dev.starling.sim.fault.Fault.Drain;
import dev.starling.sim.fault.Fault.Drift;
import dev.starling.sim.fault.Fault.ExpiredCertificate;
import dev.starling.sim.fault.Fault.Front;
import dev.starling.sim.fault.Fault.FullDisk;
import dev.starling.sim.fault.Fault.Kill;
import dev.starling.sim.fault.Fault.KillBridges;
import dev.starling.sim.fault.Fault.LostDisk;
import dev.starling.sim.fault.Fault.Pause;
import dev.starling.sim.fault.Fault.PowerOff;
import dev.starling.sim.fault.Fault.Reset;
import dev.starling.sim.fault.Fault.RestartWithDisk;
import dev.starling.sim.fault.Fault.ReuseIdentity;
import dev.starling.sim.fault.Fault.RollingUpgrade;
import dev.starling.sim.fault.Fault.SlowCpu;
import dev.starling.sim.fault.Fault.SlowDisk;
import dev.starling.sim.fault.Fault.StaleSeeds;
import dev.starling.sim.fault.Fault.WallClock;
import dev.starling.sim.fault.Planned;
import dev.starling.sim.network.Topology;
import dev.starling.sim.network.Weather;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Draws a schedule: a random subset of the kinds of faults (swarm testing, Groce et al., 2012),
 * then faults of these kinds at random times.
 */
public final class StormPlan {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int ANY = -1;

  private final RandomGenerator random;
  private final Topology topology;
  private final List<FaultKind> kinds;
  private final int badDisk;

  private StormPlan(RandomGenerator random, Topology topology, List<FaultKind> kinds, int badDisk) {
    this.random = random;
    this.topology = topology;
    this.kinds = kinds;
    this.badDisk = badDisk;
  }

  /** Of a group that keeps nothing but its table. */
  static StormPlan ofMembership(RandomGenerator random, Topology topology) {
    return new StormPlan(random, topology, FaultKind.ofMembership(), ANY);
  }

  /** Of nodes with rooms: two copies outlive any one disk, so all bad disks are one machine's. */
  public static StormPlan ofRooms(RandomGenerator random, Topology topology) {
    return new StormPlan(random, topology, FaultKind.ofRooms(), random.nextInt(topology.hosts()));
  }

  /** Draws so many faults that begin between two times, in the order of these. */
  public List<Planned> draw(long beginNanos, long endNanos, int faults) {
    List<FaultKind> chosen = subset();
    List<Planned> schedule = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      FaultKind kind = chosen.get(random.nextInt(chosen.size()));
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      schedule.add(new Planned(random.nextLong(beginNanos, endNanos), name, fault(kind)));
    }
    schedule.sort(Comparator.comparingLong(Planned::atNanos));
    return schedule;
  }

  private List<FaultKind> subset() {
    List<FaultKind> chosen = new ArrayList<>();
    while (chosen.isEmpty()) {
      for (FaultKind kind : kinds) {
        if (random.nextInt(3) == 0) {
          chosen.add(kind);
        }
      }
    }
    return chosen;
  }

  private Fault fault(FaultKind kind) {
    int machine = random.nextInt(topology.hosts());
    if (kind.compareTo(FaultKind.WALL_CLOCK) >= 0) {
      return ofRooms(kind, machine);
    }
    return switch (kind) {
      case KILL -> new Kill(machine, between(500 * MILLI, 20 * SECOND));
      case POWER_OFF -> new PowerOff(machine, between(SECOND, 20 * SECOND));
      case CRASH_LOOP ->
          new CrashLoop(machine, 2 + random.nextInt(4), between(SECOND, 4 * SECOND), SECOND);
      case PAUSE -> new Pause(machine, logarithmic(50 * MILLI, 600 * SECOND));
      case SLOW_CPU ->
          new SlowCpu(machine, logarithmic(MILLI, 100 * MILLI), between(SECOND, 10 * SECOND));
      case DRIFT -> new Drift(machine, random.nextDouble(-2_000, 2_000), 20 * SECOND);
      case CLOCK_JUMP -> new ClockJump(machine, logarithmic(50 * MILLI, 60 * SECOND));
      case RESTART_WITH_DISK -> new RestartWithDisk(machine, 0, between(SECOND, 10 * SECOND));
      case RESTART_WITH_STALE_DISK ->
          new RestartWithDisk(
              withBadDisk(machine), between(SECOND, 10 * SECOND), between(SECOND, 10 * SECOND));
      case EXPIRED_CERTIFICATE -> new ExpiredCertificate(machine, between(5 * SECOND, 20 * SECOND));
      case ROLLING_UPGRADE ->
          new RollingUpgrade(machine, 2 + random.nextInt(4), between(SECOND, 3 * SECOND), SECOND);
      case REUSE_IDENTITY -> new ReuseIdentity(machine, between(SECOND, 10 * SECOND));
      case STALE_SEEDS -> new StaleSeeds(machine, between(SECOND, 10 * SECOND));
      case KILL_BRIDGES ->
          new KillBridges(topology.region(machine), between(2 * SECOND, 10 * SECOND));
      default -> weather(kind, machine);
    };
  }

  private Fault ofRooms(FaultKind kind, int machine) {
    long nanos = between(SECOND, 10 * SECOND);
    int bad = withBadDisk(machine);
    return switch (kind) {
      case WALL_CLOCK ->
          new WallClock(
              machine,
              random.nextBoolean() ? logarithmic(20, 3_000) : -logarithmic(20, 400),
              nanos);
      case LOST_DISK -> new LostDisk(bad, nanos);
      case DAMAGED_DISK -> new DamagedDisk(bad, nanos);
      case SLOW_DISK -> new SlowDisk(machine, logarithmic(5 * MILLI, 2 * SECOND), nanos);
      case FULL_DISK -> new FullDisk(bad, nanos);
      case DRAIN -> new Drain(machine, nanos);
      default -> new Reset(machine);
    };
  }

  private int withBadDisk(int machine) {
    return badDisk == ANY ? machine : badDisk;
  }

  private Fault weather(FaultKind kind, int machine) {
    long nanos = between(SECOND, 15 * SECOND);
    BitSet one = only(machine);
    BitSet all = all();
    return switch (kind) {
      case CUT_NODE -> apart(one, nanos);
      case SPLIT_NODE -> split(one, nanos);
      case SPLIT_REGION -> split(region(machine), nanos);
      case CUT_ONE_WAY ->
          random.nextBoolean()
              ? front(one, some(), Weather.blocked(), nanos)
              : front(some(), one, Weather.blocked(), nanos);
      case CUT_ZONE -> apart(zone(machine), nanos);
      case CUT_REGION -> apart(region(machine), nanos);
      case CUT_TRIANGLE -> triangle(nanos);
      case CLOG_LINK ->
          front(one, only(other(machine)), Weather.slow(between(SECOND, 5 * SECOND), 1), nanos);
      case HEAVY_LOSS -> front(all, all, Weather.lossy(random.nextDouble(0.4, 0.8)), nanos);
      case SMALL_MTU -> front(some(), all, Weather.small(100 + random.nextInt(300)), nanos);
      case CLOG -> front(one, some(), Weather.slow(between(SECOND, 5 * SECOND), 1), nanos);
      case LOSS -> front(all, all, Weather.lossy(random.nextDouble(0.01, 0.4)), nanos);
      case BURSTS -> front(all, all, Weather.bursty(0.8, 0.02, 10), nanos);
      case DOUBLING -> front(all, all, Weather.doubling(0.3), nanos);
      case OVERTAKING -> front(all, all, Weather.slow(0, 100 * MILLI), nanos);
      case DAMAGE -> front(one, all, Weather.corrupting(random.nextDouble(0.05, 0.5)), nanos);
      case SPIKE -> front(some(), all, Weather.slow(300 * MILLI, 50 * MILLI), nanos);
      default -> front(one, all, Weather.narrow(between(2_000, 20_000)), nanos);
    };
  }

  /** A, B and C, where A and C see B and not each other. */
  private Fault triangle(long nanos) {
    BitSet first = new BitSet();
    BitSet second = new BitSet();
    for (int host = 0; host < topology.hosts(); host++) {
      switch (random.nextInt(3)) {
        case 0 -> first.set(host);
        case 1 -> second.set(host);
        default -> {}
      }
    }
    return new Front(first, second, Weather.blocked(), true, nanos);
  }

  /** Nothing gets in or out. */
  private Fault split(BitSet set, long nanos) {
    BitSet others = all();
    others.andNot(set);
    return new Front(set, others, Weather.blocked(), true, nanos);
  }

  private static Front front(BitSet from, BitSet to, Weather weather, long nanos) {
    return new Front(from, to, weather, false, nanos);
  }

  private int other(int machine) {
    return (machine + 1 + random.nextInt(topology.hosts() - 1)) % topology.hosts();
  }

  /** Nothing gets out of a set; what goes in has nobody to answer to. */
  private Fault apart(BitSet set, long nanos) {
    BitSet others = all();
    others.andNot(set);
    return random.nextBoolean()
        ? front(set, others, Weather.blocked(), nanos)
        : front(others, set, Weather.blocked(), nanos);
  }

  private BitSet only(int machine) {
    BitSet set = new BitSet();
    set.set(machine);
    return set;
  }

  private BitSet all() {
    BitSet set = new BitSet();
    set.set(0, topology.hosts());
    return set;
  }

  private BitSet some() {
    BitSet set = new BitSet();
    for (int host = 0; host < topology.hosts(); host++) {
      set.set(host, random.nextBoolean());
    }
    return set;
  }

  private BitSet zone(int machine) {
    BitSet set = new BitSet();
    for (int host = 0; host < topology.hosts(); host++) {
      set.set(host, topology.zone(host).equals(topology.zone(machine)));
    }
    return set;
  }

  private BitSet region(int machine) {
    BitSet set = new BitSet();
    for (int host = 0; host < topology.hosts(); host++) {
      set.set(host, topology.region(host).equals(topology.region(machine)));
    }
    // Nothing is outside of a single region.
    return set.cardinality() == topology.hosts() ? zone(machine) : set;
  }

  private long between(long least, long most) {
    return random.nextLong(least, most);
  }

  private long logarithmic(long least, long most) {
    return (long) (least * Math.pow((double) most / least, random.nextDouble()));
  }
}
