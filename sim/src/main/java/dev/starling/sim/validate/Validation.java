package dev.starling.sim.validate;

import java.util.List;

/** A published experiment, done again. */
public interface Validation {
  /** What it is called: V1. */
  String name();

  /** What is measured, in a sentence. */
  String title();

  /**
   * Measures.
   *
   * @param seed the first seed
   * @param size how many samples, as a share of the full number: 1 for all
   */
  List<Figure> measure(long seed, double size);

  /** All there are. */
  static List<Validation> all() {
    return List.of(
        new FirstProbe(),
        new FalseSuspicion(),
        new Infection(),
        new SwimScaling(),
        new LifeguardStalls(),
        new PartialFailures(),
        new DeltaTraffic(),
        new ClockSkew());
  }
}
