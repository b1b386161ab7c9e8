package dev.starling.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ChoicesTest {
  @Test
  void sameSeedGivesTheSameChoices() {
    assertEquals(first(new Choices(5)), first(new Choices(5)));
    assertNotEquals(first(new Choices(5)), first(new Choices(6)));
  }

  /** The reference output of SplitMix64 for this seed: a seed in a report is good for ever. */
  @Test
  void choicesAreThoseOfSplitMix64() {
    Choices choices = new Choices(1234567);
    long[] drawn = LongStream.generate(choices::nextLong).limit(3).toArray();
    assertEquals(
        List.of(6457827717110365317L, 3203168211198807973L, -8629252141511181193L),
        LongStream.of(drawn).boxed().toList());
  }

  @Test
  void betweenReachesBothEndsAndNothingElse() {
    Choices choices = new Choices(3);
    assertEquals(
        List.of(-1, 0, 1),
        IntStream.generate(() -> choices.between(-1, 1))
            .limit(100)
            .distinct()
            .sorted()
            .boxed()
            .toList());
    assertEquals(Integer.MAX_VALUE, choices.between(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void forkIsIndependentOfItsOrigin() {
    Choices choices = new Choices(9);
    Choices twin = new Choices(9);
    Choices fork = choices.fork();
    first(fork);
    twin.fork();
    assertEquals(first(twin), first(choices));
  }

  @Test
  void shuffledKeepsEveryValue() {
    List<Integer> values = IntStream.range(0, 50).boxed().toList();
    List<Integer> shuffled = new Choices(2).shuffled(values);
    assertNotEquals(values, shuffled);
    assertEquals(values, shuffled.stream().sorted().toList());
  }

  @Test
  void everyValueIsChosenInTime() {
    Choices choices = new Choices(4);
    List<String> values = List.of("a", "b", "c");
    assertTrue(
        IntStream.range(0, 100).mapToObj(i -> choices.oneOf(values)).toList().containsAll(values));
  }

  private static List<Long> first(Choices choices) {
    return LongStream.generate(choices::nextLong).limit(20).boxed().toList();
  }
}
