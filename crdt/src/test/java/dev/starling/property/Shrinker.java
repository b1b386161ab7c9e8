package dev.starling.property;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a failing history short by leaving operations out (after Zeller's delta debugging). */
final class Shrinker<T> {
  /** Enough for a thousand operations; it bounds the time that a slow check can take. */
  private static final int MOST_RUNS = 10_000;

  private final Histories.Check<T> check;
  private int runs;

  Shrinker(Histories.Check<T> check) {
    this.check = check;
  }

  /** How the check fails for this history, or null where it holds. */
  @Nullable Throwable failure(List<T> history) {
    runs++;
    try {
      check.run(Collections.unmodifiableList(history));
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  /**
   * The shortest history found that fails in the way that {@code failure} does, as an error to
   * throw.
   */
  AssertionError shrink(List<T> history, Throwable failure) {
    List<T> shortest = history;
    Throwable cause = failure;
    int chunk = Math.max(1, history.size() / 2);
    boolean shrunk = true;
    while (shrunk || chunk > 1) {
      chunk = shrunk ? chunk : chunk / 2;
      shrunk = false;
      for (int start = 0; start < shortest.size() && runs < MOST_RUNS; ) {
        List<T> shorter = without(shortest, start, chunk);
        Throwable again = failure(shorter);
        if (again != null && again.getClass() == failure.getClass()) {
          shortest = shorter;
          cause = again;
          shrunk = true;
        } else {
          start += chunk;
        }
      }
    }
    return new AssertionError(report(shortest, history.size(), cause), cause);
  }

  private static <T> List<T> without(List<T> history, int start, int count) {
    List<T> rest = new ArrayList<>(history.subList(0, start));
    rest.addAll(history.subList(Math.min(start + count, history.size()), history.size()));
    return rest;
  }

  private static <T> String report(List<T> history, int length, Throwable cause) {
    StringBuilder text =
        new StringBuilder(cause.toString())
            .append("\nhistory of " + length + " operations, shrunk to " + history.size() + ":");
    for (int i = 0; i < history.size(); i++) {
      text.append("\n  " + (i + 1) + ". " + history.get(i));
    }
    return text.toString();
  }
}
