package dev.starling.sim.kernel;

/** Something that happens at its time. */
@FunctionalInterface
public interface Event {
  void happen();
}
