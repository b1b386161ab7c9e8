package dev.starling.sim.storm;

import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.scenario.Simulation;

/** Storms of the membership that production runs. */
public final class StormScenario implements Scenario {
  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String title() {
    return "mixed faults on nine to fifteen nodes in one or three regions, then a heal and four ends";
  }

  @Override
  public Simulation prepare(long seed) {
    return new Storm(seed);
  }
}
