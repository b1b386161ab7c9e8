package dev.starling.sim.scenario;

/** Something that happens differently with each seed, and the same with the same one. */
public interface Scenario {
  /** What it is called on the command line. */
  String name();

  /** What happens, in a sentence. */
  String title();

  /** Gets one seed ready to run. */
  Simulation prepare(long seed);
}
