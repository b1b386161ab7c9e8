package dev.starling.sim.fault;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.sim.fault.Fault.ClockJump;
import dev.starling.sim.fault.Fault.CrashLoop;
import dev.starling.sim.fault.Fault.Drift;
import dev.starling.sim.fault.Fault.ExpiredCertificate;
import dev.starling.sim.fault.Fault.Front;
import dev.starling.sim.fault.Fault.Kill;
import dev.starling.sim.fault.Fault.KillBridges;
import dev.starling.sim.fault.Fault.Pause;
import dev.starling.sim.fault.Fault.PowerOff;
import dev.starling.sim.fault.Fault.RestartWithDisk;
import dev.starling.sim.fault.Fault.ReuseIdentity;
import dev.starling.sim.fault.Fault.RollingUpgrade;
import dev.starling.sim.fault.Fault.SlowCpu;
import dev.starling.sim.fault.Fault.StaleSeeds;
import dev.starling.sim.network.Rule;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries a schedule out, and counts which faults had an effect. */
public final class FaultRunner {
  private static final long SOON = 1_000_000_000L;

  /** Between two clocks; less is lost in timers. */
  private static final long LEAST_DIFFERENCE = 1_000_000;

  private final World world;
  private final List<Integer> seeds;
  private final Map<Planned, List<Rule>> fronts = new LinkedHashMap<>();
  private final Set<Planned> effective = new LinkedHashSet<>();
  private final Set<Integer> misled = new LinkedHashSet<>();
  private final Undoing undoing;
  private boolean over;

  /**
   * @param seeds the machines that restarted nodes are told of
   */
  public FaultRunner(World world, List<Integer> seeds) {
    this.world = world;
    this.undoing = new Undoing(world.events());
    this.seeds = List.copyOf(seeds);
  }

  /** Lets every fault happen at its time. */
  public void plan(List<Planned> schedule) {
    for (Planned planned : schedule) {
      world.events().at(planned.atNanos(), () -> begin(planned));
    }
  }

  /** Ends what is still under way: the ways are fair, and everybody runs at a usual pace. */
  public void heal() {
    over = true;
    undoing.all();
    for (int number = 0; number < world.size(); number++) {
      world.machine(number).goOn();
      if (!world.machine(number).isUp()) {
        world.start(number, seeds);
      } else if (misled.contains(number)) {
        // Discovery is asked again and again, and is right by now.
        world.discover(number, seeds);
      }
    }
  }

  /** The faults that did something. */
  public Set<Planned> effective() {
    fronts.forEach((planned, rules) -> {
      if (rules.stream().anyMatch(rule -> rule.caught() > 0)) {
        effective.add(planned);
      }
    });
    return Set.copyOf(effective);
  }

  private void begin(Planned planned) {
    if (over) {
      return;
    }
    switch (planned.fault()) {
      case Kill kill -> end(planned, kill.machine(), false, kill.downNanos());
      case PowerOff off -> end(planned, off.machine(), true, off.downNanos());
      case CrashLoop loop -> crashAgain(planned, loop, loop.times());
      case Pause pause -> pause(planned, pause);
      case SlowCpu slow -> slow(planned, slow);
      case Drift drift -> drift(planned, drift);
      case ClockJump jump -> jump(planned, jump);
      case RestartWithDisk restart -> restart(planned, restart);
      case ExpiredCertificate expired -> expire(planned, expired);
      case RollingUpgrade upgrade -> upgrade(planned, upgrade, 0);
      case ReuseIdentity reuse -> reuse(planned, reuse);
      case StaleSeeds stale -> stale(planned, stale);
      case KillBridges bridges -> killBridges(planned, bridges);
      case Front front -> blow(planned, front);
    }
  }

  private void end(Planned planned, int machine, boolean silent, long downNanos) {
    if (stop(planned, machine, silent)) {
      world.events().after(downNanos, () -> startAgain(machine, seeds));
    }
  }

  private boolean stop(Planned planned, int machine, boolean silent) {
    if (!world.machine(machine).isUp()) {
      return false;
    }
    effective.add(planned);
    if (silent) {
      world.powerOff(machine);
    } else {
      world.kill(machine);
    }
    return true;
  }

  private void startAgain(int machine, List<Integer> known) {
    if (!over && !world.machine(machine).isUp()) {
      world.start(machine, known);
    }
  }

  private void crashAgain(Planned planned, CrashLoop loop, int left) {
    if (!over && left > 0 && stop(planned, loop.machine(), false)) {
      world
          .events()
          .after(
              loop.downNanos(),
              () -> {
                startAgain(loop.machine(), seeds);
                world.events().after(loop.upNanos(), () -> crashAgain(planned, loop, left - 1));
              });
    }
  }

  private void pause(Planned planned, Pause pause) {
    Machine machine = world.machine(pause.machine());
    if (machine.isUp()) {
      long before = machine.counts().heldByPauses();
      machine.pause(pause.nanos());
      undoing.after(pause.nanos(), () -> note(planned, machine.counts().heldByPauses() > before));
    }
  }

  private void slow(Planned planned, SlowCpu slow) {
    Machine machine = world.machine(slow.machine());
    if (machine.isUp()) {
      long before = machine.counts().heldBySteps();
      machine.slowDown(slow.stepNanos());
      undoing.after(
          slow.nanos(),
          () -> {
            machine.slowDown(0);
            note(planned, machine.counts().heldBySteps() > before);
          });
    }
  }

  private void drift(Planned planned, Drift drift) {
    Machine machine = world.machine(drift.machine());
    if (machine.isUp()) {
      long steps = machine.counts().steps();
      long ahead = aheadNanos(machine);
      machine.clock().drift(drift.partsPerMillion(), world.events().now());
      undoing.after(
          drift.nanos(),
          () -> {
            long gained = Math.abs(aheadNanos(machine) - ahead);
            machine.clock().drift(0, world.events().now());
            note(planned, machine.counts().steps() > steps && gained >= LEAST_DIFFERENCE);
          });
    }
  }

  /** Whether the process that was there when the clock jumped did anything soon after. */
  private void jump(Planned planned, ClockJump jump) {
    Machine machine = world.machine(jump.machine());
    if (machine.isUp()) {
      long life = machine.life();
      long steps = machine.counts().steps();
      machine.clock().jump(jump.nanos(), world.events().now());
      undoing.after(
          SOON, () -> note(planned, machine.life() == life && machine.counts().steps() > steps));
    }
  }

  private long aheadNanos(Machine machine) {
    return machine.localNanos() - world.events().now();
  }

  private void note(Planned planned, boolean hadAnEffect) {
    if (hadAnEffect) {
      effective.add(planned);
    }
  }

  private void restart(Planned planned, RestartWithDisk restart) {
    CoreUnderTest core = world.machine(restart.machine()).core();
    if (core == null) {
      return;
    }
    List<Fact> written = core.facts();
    world
        .events()
        .after(
            restart.staleNanos(),
            () -> {
              if (!over && stop(planned, restart.machine(), false)) {
                world
                    .events()
                    .after(restart.downNanos(), () -> startRemembering(restart.machine(), written));
              }
            });
  }

  private void startRemembering(int machine, List<Fact> written) {
    if (!over && !world.machine(machine).isUp()) {
      world.start(machine, seeds, written);
    }
  }

  private void expire(Planned planned, ExpiredCertificate expired) {
    Machine machine = world.machine(expired.machine());
    if (machine.isUp()) {
      long before = machine.counts().refusedStreams();
      machine.refuseStreams(true);
      undoing.after(
          expired.nanos(),
          () -> {
            machine.refuseStreams(false);
            note(planned, machine.counts().refusedStreams() > before);
          });
    }
  }

  private void upgrade(Planned planned, RollingUpgrade upgrade, int done) {
    int machine = (upgrade.first() + done) % world.size();
    if (over || done == upgrade.machines()) {
      return;
    }
    world.upgrade(machine);
    end(planned, machine, false, upgrade.downNanos());
    world.events().after(upgrade.betweenNanos(), () -> upgrade(planned, upgrade, done + 1));
  }

  private void reuse(Planned planned, ReuseIdentity reuse) {
    NodeId self = world.machine(reuse.machine()).self();
    if (self != null && stop(planned, reuse.machine(), false)) {
      world
          .events()
          .after(
              reuse.downNanos(),
              () -> {
                if (!over && !world.machine(reuse.machine()).isUp()) {
                  world.start(reuse.machine(), self.generation(), seeds);
                }
              });
    }
  }

  private void stale(Planned planned, StaleSeeds stale) {
    if (stop(planned, stale.machine(), false)) {
      misled.add(stale.machine());
      world
          .events()
          .after(stale.downNanos(), () -> startAgain(stale.machine(), List.of(stale.machine())));
    }
  }

  private void killBridges(Planned planned, KillBridges fault) {
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null && core.bridges(fault.region()).contains(world.topology().name(number))) {
        end(planned, number, false, fault.downNanos());
      }
    }
  }

  private void blow(Planned planned, Front front) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule(front.from(), front.to(), front.weather()));
    if (front.mutual()) {
      rules.add(new Rule(front.to(), front.from(), front.weather()));
    }
    fronts.put(planned, rules);
    rules.forEach(world.network()::add);
    undoing.after(front.nanos(), () -> rules.forEach(world.network()::remove));
  }
}
