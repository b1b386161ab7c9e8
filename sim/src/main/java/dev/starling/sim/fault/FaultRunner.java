package dev.starling.sim.fault;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
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
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Disk;
import dev.starling.sim.node.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Carries a schedule out, and counts which faults had an effect. */
public final class FaultRunner {
  private final World world;
  private final List<Integer> seeds;
  private final Set<Planned> effective = new LinkedHashSet<>();
  private final Set<Integer> misled = new LinkedHashSet<>();
  private final Spells spells;
  private boolean over;

  /**
   * @param seeds the machines that restarted nodes are told of
   */
  public FaultRunner(World world, List<Integer> seeds) {
    this.world = world;
    this.spells = new Spells(world, effective);
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
    spells.end();
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
    spells.judgeFronts();
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
      case Pause pause -> spells.pause(planned, pause);
      case SlowCpu slow -> spells.slow(planned, slow);
      case Drift drift -> spells.drift(planned, drift);
      case ClockJump jump -> spells.jump(planned, jump);
      case WallClock wall -> spells.setWall(planned, wall);
      case RestartWithDisk restart -> restart(planned, restart);
      case ExpiredCertificate expired -> spells.expire(planned, expired);
      case RollingUpgrade upgrade -> upgrade(planned, upgrade, 0);
      case ReuseIdentity reuse -> reuse(planned, reuse);
      case StaleSeeds stale -> stale(planned, stale);
      case KillBridges bridges -> killBridges(planned, bridges);
      case LostDisk lost -> changeDisk(planned, lost.machine(), lost.downNanos(), Disk::wipe);
      case DamagedDisk damaged ->
          changeDisk(planned, damaged.machine(), damaged.downNanos(), Disk::damage);
      case SlowDisk slow -> spells.slowDisk(planned, slow);
      case FullDisk full -> spells.fillDisk(planned, full);
      case Drain drain -> spells.drain(planned, drain);
      case Reset reset -> note(planned, world.network().reset(reset.machine()) > 0);
      case Front front -> spells.blow(planned, front);
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

  private void note(Planned planned, boolean hadAnEffect) {
    if (hadAnEffect) {
      effective.add(planned);
    }
  }

  /** A process ends, and its disk isn't what it was. */
  private void changeDisk(Planned planned, int machine, long downNanos, Predicate<Disk> change) {
    if (world.machine(machine).isUp()) {
      world.kill(machine);
      note(planned, change.test(world.machine(machine).disk()));
      world.events().after(downNanos, () -> startAgain(machine, seeds));
    }
  }

  private void restart(Planned planned, RestartWithDisk restart) {
    CoreUnderTest core = world.machine(restart.machine()).core();
    if (core == null) {
      return;
    }
    List<Fact> written = core.facts();
    Disk disk = world.machine(restart.machine()).disk();
    var records = disk.copy();
    world
        .events()
        .after(
            restart.staleNanos(),
            () -> {
              if (!over && stop(planned, restart.machine(), false)) {
                disk.putBack(records);
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
}
