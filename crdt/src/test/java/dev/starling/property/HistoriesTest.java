package dev.starling.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoriesTest {
  @Test
  void historyThatHoldsIsCheckedOnce() {
    List<List<Integer>> seen = new ArrayList<>();
    Histories.check(new Choices(1), 50, each -> each.between(0, 9), history -> seen.add(history));
    assertEquals(1, seen.size());
  }

  @Test
  void failingHistoryShrinksToThePairThatMatters() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Histories.check(
                    longHistory(),
                    200,
                    each -> each.between(0, 9),
                    history -> assertFalse(fourFollowsThree(history))));
    assertTrue(
        String.valueOf(error.getMessage()).endsWith("shrunk to 2:\n  1. 3\n  2. 4"),
        error::getMessage);
  }

  @Test
  void operationsThatMustStayTogetherStayTogether() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Histories.check(
                    longHistory(),
                    200,
                    each -> each.between(0, 9),
                    history -> assertTrue(history.size() < 17)));
    assertTrue(String.valueOf(error.getMessage()).contains("shrunk to 17:"), error::getMessage);
  }

  @Test
  void shrinkingKeepsToTheFailureThatItCameFor() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Histories.check(
                    longHistory(),
                    200,
                    each -> each.between(0, 9),
                    history -> {
                      if (history.size() < 5) {
                        throw new IllegalStateException("another failure");
                      }
                      throw new IllegalArgumentException("the failure");
                    }));
    assertTrue(String.valueOf(error.getMessage()).contains("shrunk to 5:"), error::getMessage);
    assertInstanceOf(IllegalArgumentException.class, error.getCause());
  }

  @Test
  void failureOfEveryHistoryShrinksToNone() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Histories.check(
                    longHistory(),
                    200,
                    each -> each.between(0, 9),
                    history -> {
                      throw new IllegalStateException("always");
                    }));
    assertTrue(String.valueOf(error.getMessage()).endsWith("shrunk to 0:"), error::getMessage);
  }

  @Test
  void choicesOfTheCheckAreTheSameAtEveryRun() {
    List<Long> drawn = new ArrayList<>();
    assertThrows(
        AssertionError.class,
        () ->
            Histories.check(
                longHistory(),
                200,
                each -> each.between(0, 9),
                (history, choices) -> {
                  drawn.add(choices.nextLong());
                  assertTrue(history.isEmpty());
                }));
    assertTrue(drawn.size() > 1);
    assertEquals(1, drawn.stream().distinct().count());
  }

  private static boolean fourFollowsThree(List<Integer> history) {
    int three = history.indexOf(3);
    return three >= 0 && history.lastIndexOf(4) > three;
  }

  /** Choices whose first history is long: the tests above are about shrinking. */
  private static Choices longHistory() {
    for (long seed = 0; ; seed++) {
      if (new Choices(seed).between(0, 200) > 150) {
        return new Choices(seed);
      }
    }
  }
}
