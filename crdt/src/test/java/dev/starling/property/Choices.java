package dev.starling.property;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A seeded source of choices: the same seed gives the same choices on every machine and JDK
 * (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014, figure
 * 13). Not thread-safe.
 */
public final class Choices implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;

  public Choices(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  /** The seed that makes these choices again from the start. */
  public long seed() {
    return seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number from {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return (int) nextLong(least, most + 1L);
  }

  /** One of the given values, each as likely. */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[nextInt(values.length)];
  }

  /** One of the given values, each as likely. */
  public <T> T oneOf(List<T> values) {
    return values.get(nextInt(values.size()));
  }

  /** Up to {@code most} values; each is drawn from choices of its own. */
  public <T> List<T> listOf(int most, Function<Choices, T> generator) {
    List<T> values = new ArrayList<>();
    for (int left = between(0, most); left > 0; left--) {
      values.add(generator.apply(fork()));
    }
    return values;
  }

  /** The same values in another order. */
  public <T> List<T> shuffled(List<T> values) {
    List<T> copy = new ArrayList<>(values);
    Collections.shuffle(copy, this);
    return copy;
  }

  /** Choices of their own: what is drawn from them later changes nothing here. */
  public Choices fork() {
    return new Choices(nextLong());
  }

  @Override
  public String toString() {
    return "Choices[seed=" + seed + "]";
  }
}
