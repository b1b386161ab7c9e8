package dev.starling.sim.rooms;

import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.scenario.Simulation;

/** Storms of the rooms that production shares. */
public final class RoomStormScenario implements Scenario {
  @Override
  public String name() {
    return "rooms";
  }

  @Override
  public String title() {
    return "people in shared rooms while nodes, disks, clocks and ways fail, then a heal";
  }

  @Override
  public Simulation prepare(long seed) {
    return new RoomStorm(seed);
  }
}
