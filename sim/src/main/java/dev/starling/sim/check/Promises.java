package dev.starling.sim.check;

import dev.starling.membership.NodeId;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.EdgeDegraded;
import dev.starling.membership.swim.SwimOutput.EdgeRestored;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Joined;
import dev.starling.membership.swim.SwimOutput.Resynced;
import dev.starling.membership.swim.SwimOutput.Stalled;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a node that said one thing has to say later: whoever starts finds its group, whoever stood
 * still is in step again, and what was hard to reach is reached again.
 */
public final class Promises implements World.Observer {
  private final World world;
  private final Violations violations;
  private final Set<Long> joined = new TreeSet<>();
  private final Set<Long> stalled = new TreeSet<>();
  private final Set<String> degraded = new TreeSet<>();

  public Promises(World world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void saw(Machine machine, SwimOutput output) {
    long life = life(machine);
    switch (output) {
      case Joined first -> joined.add(life);
      case Stalled begin -> stalled.add(life);
      case Resynced end -> stalled.remove(life);
      case EdgeDegraded edge -> degraded.add(edge(life, edge.peer()));
      case EdgeRestored edge -> degraded.remove(edge(life, edge.peer()));
      case Fenced fenced -> somebodyElseLived(machine, fenced.newer());
      default -> {}
    }
  }

  private void somebodyElseLived(Machine machine, NodeId newer) {
    int number = world.numberOf(newer.name());
    if (number != machine.number() || world.highestIncarnation(number, newer) < 0) {
      violations.add("nobody gives way to a node that never was", machine.self() + ": " + newer);
    }
  }

  /** What must have been made good when all is well again. */
  public void inTheEnd() {
    for (int number = 0; number < world.size(); number++) {
      Machine machine = world.machine(number);
      CoreUnderTest core = machine.core();
      if (core != null) {
        inTheEnd(machine, core);
      }
    }
  }

  private void inTheEnd(Machine machine, CoreUnderTest core) {
    long life = life(machine);
    if (!joined.contains(life)) {
      violations.add("everybody finds its group", core.self().toString());
    }
    if (stalled.contains(life)) {
      violations.add("whoever stood still is in step again", core.self().toString());
    }
    for (int other = 0; other < world.size(); other++) {
      NodeId peer = world.machine(other).self();
      if (peer != null && degraded.contains(edge(life, peer))) {
        violations.add("degraded edges are restored", core.self() + " to " + peer);
      }
    }
  }

  private long life(Machine machine) {
    return machine.life() * world.size() + machine.number();
  }

  private static String edge(long life, NodeId peer) {
    return life + " " + peer;
  }
}
