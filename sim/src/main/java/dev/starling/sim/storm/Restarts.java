package dev.starling.sim.storm;

import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Departed;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.sim.network.Topology;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.List;

/** A host does what its core says: a fenced process ends, and another one starts in its place. */
public final class Restarts implements World.Observer {
  private static final long SECOND = 1_000_000_000L;

  private final World world;
  private final List<Integer> seedMachines;
  private boolean restarting = true;

  /**
   * @param seedMachines what a new process is told of
   */
  public Restarts(World world, List<Integer> seedMachines) {
    this.world = world;
    this.seedMachines = seedMachines;
  }

  /** The first two machines of each region. */
  public static List<Integer> seedMachines(Topology topology) {
    List<Integer> seeds = new ArrayList<>();
    for (int host = 0; host < topology.hosts(); host++) {
      if (host == 0 || !topology.region(host).equals(topology.region(host - 1))) {
        seeds.add(host);
        seeds.add(host + 1);
      }
    }
    return seeds;
  }

  @Override
  public void saw(Machine machine, SwimOutput output) {
    if (output instanceof Fenced || output instanceof Departed) {
      int number = machine.number();
      world
          .events()
          .after(
              0,
              () -> {
                if (world.machine(number).isUp()) {
                  world.kill(number);
                }
              });
      world.events().after(SECOND, () -> startIfDown(number));
    }
  }

  private void startIfDown(int number) {
    if (restarting && !world.machine(number).isUp()) {
      world.start(number, seedMachines);
    }
  }

  /** From now on whoever ends stays away. */
  public void end() {
    restarting = false;
  }
}
