package dev.starling.sim.check;

import dev.starling.membership.Fact;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Departed;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.Set;
import java.util.TreeSet;

/**
 * What nodes may say: bridges, and nobody else, ask other regions and tell them of their own nodes;
 * whoever gave way or said goodbye is silent.
 */
public final class Speech implements World.Wiretap, World.Observer {
  private final World world;
  private final Violations violations;
  private final Set<String> ended = new TreeSet<>();

  public Speech(World world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void saw(Machine machine, SwimOutput output) {
    if (output instanceof Fenced || output instanceof Departed) {
      ended.add(life(machine));
    }
  }

  @Override
  public void sent(int from, Send send, int bytes) {
    if (ended.contains(life(world.machine(from)))) {
      violations.add("whoever gave way is silent", send.toString());
    }
    if (send.packet().group().equals(Group.BRIDGES)) {
      String region = world.topology().region(from);
      switch (send.packet().message()) {
        case News news -> ownRegionOnly(region, send);
        case Ping ping -> bridgesOnly(from, region);
        default -> {}
      }
    }
  }

  private void ownRegionOnly(String region, Send send) {
    for (Fact fact : send.packet().facts()) {
      int subject = world.numberOf(fact.node().name());
      if (subject >= 0 && !world.topology().region(subject).equals(region)) {
        violations.add("bridges tell of their own region", send.toString());
      }
    }
  }

  private void bridgesOnly(int from, String region) {
    CoreUnderTest core = world.machine(from).core();
    if (core != null && !core.bridges(region).contains(world.topology().name(from))) {
      violations.add("only bridges hail", core.self().toString());
    }
  }

  private static String life(Machine machine) {
    return machine.number() + " " + machine.life();
  }
}
