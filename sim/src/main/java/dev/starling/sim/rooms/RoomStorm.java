package dev.starling.sim.rooms;

import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomConfig;
import dev.starling.crdt.CausalContext;
import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.check.MembershipChecks;
import dev.starling.sim.check.Violations;
import dev.starling.sim.fault.Fault;
import dev.starling.sim.fault.FaultRunner;
import dev.starling.sim.fault.Planned;
import dev.starling.sim.kernel.Seeds;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Topology;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Simulation;
import dev.starling.sim.storm.Restarts;
import dev.starling.sim.storm.StormPlan;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One seed: people in rooms while things fail, a heal, and what must hold then. */
public final class RoomStorm implements Simulation {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long START = 3 * SECOND;
  private static final long CALM = 5 * SECOND;
  private static final long LOOK = SECOND / 10;
  private static final long MOST_HEALING = 30 * SECOND;

  /** One second and two of the longest round trips; what was under way is sent again after two. */
  private static final long EQUAL = 3 * SECOND + 2 * 239 * MILLI;

  /** Requests are answered within ten seconds, and hosts' members go after four. */
  private static final long REST = 12 * SECOND;

  /** What is under way in fair weather takes less. */
  private static final long LAST_REST = 8 * SECOND;

  private final World world;
  private final FaultRunner faults;
  private final Violations violations;
  private final MembershipChecks membership;
  private final RoomWorld rooms;
  private final Ledger ledger;
  private final Crowd crowd;
  private final List<Integer> seedMachines;
  private final RoomChecks checks;
  private final List<Planned> schedule;
  private final long stormNanos;
  private final SortedMap<String, Long> noticed = new TreeMap<>();

  public RoomStorm(long seed) {
    RandomGenerator shape = new Seeds(seed).stream("shape");
    Topology topology = topology(shape);
    SwimConfig region = SwimConfig.region();
    world =
        new World(
            seed,
            topology,
            CoreUnderTest.twoTiers(region, SwimConfig.wan(), RegionConfig.standard()));
    seedMachines = Restarts.seedMachines(topology);
    faults = new FaultRunner(world, seedMachines);
    violations = new Violations(world);
    membership = new MembershipChecks(world, violations, region.bounds().datagramBytes());
    world.watch(new Restarts(world, seedMachines));
    boolean narrow = shape.nextBoolean();
    rooms =
        new RoomWorld(
            world,
            violations,
            config(),
            narrow
                ? new RoomWorld.FlowBounds(4 << 10, 512 << 10)
                : new RoomWorld.FlowBounds(8 << 20, 16 << 20));
    ledger = new Ledger(rooms);
    List<String> names = List.of("lobby", "stage", "cellar", "attic");
    crowd = new Crowd(rooms, ledger, names, "cellar", 6 + shape.nextInt(6));
    checks = new RoomChecks(rooms, crowd, ledger);
    stormNanos = (10 + shape.nextInt(15)) * SECOND;
    RandomGenerator random = world.seeds().stream("faults");
    long begin = START + CALM;
    schedule =
        StormPlan.ofRooms(random, topology).draw(begin, begin + stormNanos, 6 + random.nextInt(8));
    faults.plan(schedule);
    if (schedule.stream().noneMatch(planned -> setsClocks(planned.fault()))) {
      ledger.clocksAgree();
    }
  }

  private static Topology topology(RandomGenerator shape) {
    return switch (shape.nextInt(3)) {
      case 0 -> Regions.one(4 + shape.nextInt(3));
      case 1 -> Regions.two(3 + shape.nextInt(2));
      default -> Regions.three(3);
    };
  }

  private static ReplicationConfig config() {
    RoomConfig room = new RoomConfig(1_000, 2_000, Ledger.MOST_CHAT, 3_600 * SECOND);
    return ReplicationConfig.of(room, 4 * SECOND, 10 * SECOND, 120_000);
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public void listen(Consumer<String> listener) {
    rooms.listen(listener);
  }

  @Override
  public Outcome run() {
    world.startAcquainted();
    look(START);
    crowd.begin();
    long healAt = START + CALM + stormNanos;
    look(healAt);
    if (schedule.stream().anyMatch(planned -> losesWrites(planned.fault()))) {
      checks.diskFailed();
    }
    faults.heal();
    crowd.rest();
    long healed = heal(healAt);
    rest(REST);
    if (violations.isEmpty()) {
      new FairWeather(
              world, crowd, ledger, seedMachines, nanos -> look(world.events().now() + nanos))
          .run();
      checks.diskFailed();
      rest(LAST_REST);
    }
    return new Outcome(
        world.seeds().seed(),
        world.size(),
        world.trace().hex(),
        Planned.kinds(schedule),
        Planned.kinds(faults.effective()),
        healed,
        noticed,
        world.events().happened(),
        world.events().now(),
        violations.all());
  }

  /** Lets what is under way come to an end, and looks at what is left. */
  private void rest(long nanos) {
    look(world.events().now() + nanos);
    long most = world.events().now() + EQUAL;
    while (checks.unequal() != null && world.events().now() < most && violations.isEmpty()) {
      look(world.events().now() + LOOK);
    }
    if (violations.isEmpty()) {
      checks.inTheEnd();
    }
  }

  /**
   * Lets time pass until what was slow has arrived and all views are equal, and then all rooms; how
   * long the views took.
   */
  private long heal(long healAt) {
    long clear = world.network().lastArrivalNanos();
    while (violations.isEmpty()
        && !(world.events().now() > clear && membership.allAgree() && rooms.allConnected())) {
      if (world.events().now() > healAt + MOST_HEALING) {
        violations.add("after a heal all views are equal", rooms.unconnected());
        return -1;
      }
      look(world.events().now() + LOOK);
    }
    long agreed = world.events().now();
    TreeMap<String, CausalContext> seen = checks.seen();
    while (violations.isEmpty() && checks.lagging(seen) != null) {
      if (world.events().now() > agreed + EQUAL) {
        violations.add("after a heal all rooms are equal in time", "" + checks.lagging(seen));
      }
      look(world.events().now() + LOOK);
    }
    noticed.put("heal: equal rooms", world.events().now() - agreed);
    return agreed - healAt;
  }

  private static boolean setsClocks(Fault fault) {
    return fault instanceof Fault.WallClock || fault instanceof Fault.Drift;
  }

  private static boolean losesWrites(Fault fault) {
    return switch (fault) {
      case Fault.LostDisk lost -> true;
      case Fault.DamagedDisk damaged -> true;
      case Fault.FullDisk full -> true;
      case Fault.RestartWithDisk restart -> restart.staleNanos() > 0;
      default -> false;
    };
  }

  private void look(long untilNanos) {
    while (world.events().now() < untilNanos && violations.isEmpty()) {
      world.events().runUntil(Math.min(untilNanos, world.events().now() + LOOK));
      checks.always();
    }
  }
}
