package dev.starling.sim.fault;

import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.SwimInput.Describe;
import dev.starling.sim.fault.Fault.ClockJump;
import dev.starling.sim.fault.Fault.Drain;
import dev.starling.sim.fault.Fault.Drift;
import dev.starling.sim.fault.Fault.ExpiredCertificate;
import dev.starling.sim.fault.Fault.Front;
import dev.starling.sim.fault.Fault.FullDisk;
import dev.starling.sim.fault.Fault.Pause;
import dev.starling.sim.fault.Fault.SlowCpu;
import dev.starling.sim.fault.Fault.SlowDisk;
import dev.starling.sim.fault.Fault.WallClock;
import dev.starling.sim.network.Rule;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Faults that last for a while and end no process. */
final class Spells {
  private static final long SOON = 1_000_000_000L;

  /** Between two clocks; less is lost in timers. */
  private static final long LEAST_DIFFERENCE = 1_000_000;

  private final World world;
  private final Undoing undoing;
  private final Set<Planned> effective;
  private final Map<Planned, List<Rule>> fronts = new LinkedHashMap<>();

  /**
   * @param effective where those are noted that did something
   */
  Spells(World world, Set<Planned> effective) {
    this.world = world;
    this.undoing = new Undoing(world.events());
    this.effective = effective;
  }

  /** Ends all of them. */
  void end() {
    undoing.all();
  }

  /** Notes the weather that did something. */
  void judgeFronts() {
    fronts.forEach(
        (planned, rules) -> note(planned, rules.stream().anyMatch(rule -> rule.caught() > 0)));
  }

  void pause(Planned planned, Pause pause) {
    Machine machine = world.machine(pause.machine());
    if (machine.isUp()) {
      long before = machine.counts().heldByPauses();
      machine.pause(pause.nanos());
      undoing.after(pause.nanos(), () -> note(planned, machine.counts().heldByPauses() > before));
    }
  }

  void slow(Planned planned, SlowCpu slow) {
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

  void drift(Planned planned, Drift drift) {
    Machine machine = world.machine(drift.machine());
    if (machine.isUp()) {
      long steps = machine.counts().steps();
      long ahead = aheadNanos(machine);
      machine.drift(drift.partsPerMillion());
      undoing.after(
          drift.nanos(),
          () -> {
            long gained = Math.abs(aheadNanos(machine) - ahead);
            machine.drift(0);
            note(planned, machine.counts().steps() > steps && gained >= LEAST_DIFFERENCE);
          });
    }
  }

  /** Whether the process that was there when the clock jumped did anything soon after. */
  void jump(Planned planned, ClockJump jump) {
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

  void expire(Planned planned, ExpiredCertificate expired) {
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

  void blow(Planned planned, Front front) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule(front.from(), front.to(), front.weather()));
    if (front.mutual()) {
      rules.add(new Rule(front.to(), front.from(), front.weather()));
    }
    fronts.put(planned, rules);
    rules.forEach(world.network()::add);
    undoing.after(front.nanos(), () -> rules.forEach(world.network()::remove));
  }

  void setWall(Planned planned, WallClock fault) {
    Machine machine = world.machine(fault.machine());
    if (machine.isUp()) {
      long life = machine.life();
      long steps = machine.counts().steps();
      machine.setWall(fault.moreMillis());
      undoing.after(
          fault.nanos(),
          () -> {
            machine.setWall(-fault.moreMillis());
            note(planned, machine.life() == life && machine.counts().steps() > steps);
          });
    }
  }

  void slowDisk(Planned planned, SlowDisk fault) {
    Machine machine = world.machine(fault.machine());
    machine.disk().slowDown(fault.writeNanos());
    whileItLasts(planned, fault.nanos(), machine.disk()::delayed, () -> machine.disk().slowDown(0));
  }

  void fillDisk(Planned planned, FullDisk fault) {
    Machine machine = world.machine(fault.machine());
    machine.disk().fill(true);
    whileItLasts(planned, fault.nanos(), machine.disk()::refused, () -> machine.disk().fill(false));
  }

  private void whileItLasts(Planned planned, long nanos, LongSupplier count, Runnable undo) {
    long before = count.getAsLong();
    undoing.after(
        nanos,
        () -> {
          undo.run();
          note(planned, count.getAsLong() > before);
        });
  }

  void drain(Planned planned, Drain fault) {
    Machine machine = world.machine(fault.machine());
    if (machine.isUp()) {
      drain(machine, true);
      note(planned, true);
      undoing.after(fault.nanos(), () -> drain(machine, false));
    }
  }

  private static void drain(Machine machine, boolean now) {
    CoreUnderTest core = machine.core();
    NodeInfo info = core == null ? null : core.selfFact().info();
    if (info != null) {
      machine.give(new Describe(info.withDraining(now)));
    }
  }
}
