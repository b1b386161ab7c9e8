package dev.starling.sim.scenario;

import dev.starling.sim.node.World;

/** One seed of a scenario. */
public interface Simulation {
  /** What it happens in, for those who want to watch. */
  World world();

  /** Lets it happen, once. */
  Outcome run();
}
