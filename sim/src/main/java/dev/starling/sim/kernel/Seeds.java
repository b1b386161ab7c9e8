package dev.starling.sim.kernel;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seed, split into a stream for each purpose: removing a fault doesn't reshuffle the network,
 * nor another node.
 */
public final class Seeds {
  private final long seed;

  public Seeds(long seed) {
    this.seed = seed;
  }

  public long seed() {
    return seed;
  }

  /** The stream of one purpose; always the same one for the same words. */
  public RandomGenerator stream(String purpose) {
    long mixed = seed;
    for (int i = 0; i < purpose.length(); i++) {
      mixed = (mixed ^ purpose.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(mixed * 0x9e3779b97f4a7c15L + seed);
  }
}
