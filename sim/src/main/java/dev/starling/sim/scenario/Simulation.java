package dev.starling.sim.scenario;

import dev.starling.sim.node.World;
import java.util.function.Consumer;

/** One seed of a scenario. */
public interface Simulation {
  /** What it happens in, for those who want to watch. */
  World world();

  /** Has what happens beside membership told, in words. */
  default void listen(Consumer<String> listener) {}

  /** Lets it happen, once. */
  Outcome run();
}
