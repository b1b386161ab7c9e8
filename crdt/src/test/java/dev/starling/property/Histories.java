package dev.starling.property;

import java.util.List;
import java.util.function.Function;

/**
 * Checks a promise about lists of operations. A list that breaks it is shrunk: operations are
 * dropped, in chunks and then one by one, as long as the check still fails in the same way, and the
 * short list is what is shown.
 *
 * <pre>{@code
 * @Property
 * void replicasAgree(Choices choices) {
 *   Histories.check(choices, 60, Operation::draw, history -> assertEquals(replay(history), merge(history)));
 * }
 * }</pre>
 */
public final class Histories {
  private Histories() {}

  /** What must hold for a history. It runs many times and starts afresh each time. */
  @FunctionalInterface
  public interface Check<T> {
    void run(List<T> history) throws Exception;
  }

  /** As {@link Check}, with choices that are the same at each run. */
  @FunctionalInterface
  public interface ChoosingCheck<T> {
    void run(List<T> history, Choices choices) throws Exception;
  }

  /**
   * Draws up to {@code most} operations and checks them.
   *
   * @throws AssertionError with the shortest failing history that was found, and its failure as the
   *     cause
   */
  public static <T> void check(
      Choices choices, int most, Function<Choices, T> operation, Check<T> check) {
    Shrinker<T> shrinker = new Shrinker<>(check);
    List<T> history = choices.listOf(most, operation);
    Throwable failure = shrinker.failure(history);
    if (failure != null) {
      throw shrinker.shrink(history, failure);
    }
  }

  /** As above, for a check that makes choices too, such as which replica an operation goes to. */
  public static <T> void check(
      Choices choices, int most, Function<Choices, T> operation, ChoosingCheck<T> check) {
    long seed = choices.nextLong();
    check(choices, most, operation, history -> check.run(history, new Choices(seed)));
  }
}
