package dev.starling.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CorpusTest {
  private final Corpus corpus = Corpus.text(CorpusTest.class, "corpus.txt", List.of("{", "}"));

  @Test
  void linesAreInputsAndCommentsAreNot() {
    List<byte[]> seeds = corpus.seeds();
    assertEquals(2, seeds.size());
    assertEquals("first", new String(seeds.getFirst(), StandardCharsets.UTF_8));
  }

  @Test
  void sameSeedDamagesTheSame() {
    for (int seed = 0; seed < 100; seed++) {
      assertArrayEquals(corpus.damaged(new Choices(seed)), corpus.damaged(new Choices(seed)));
    }
  }

  @Test
  void damageIsOfManyKindsAndBounded() {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 1000; seed++) {
      byte[] damaged = corpus.damaged(new Choices(seed));
      assertTrue(damaged.length <= 4096);
      seen.add(new String(damaged, StandardCharsets.ISO_8859_1));
    }
    assertTrue(seen.size() > 500, "only " + seen.size());
  }

  @Test
  void memoryAboveTheBoundFails() {
    Fuzzing fuzzing = new Fuzzing("arrays", 100, 0);
    assertEquals(3, fuzzing.parse(1, () -> 3));
    assertThrows(AssertionError.class, () -> fuzzing.parse(1, () -> new byte[100_000]));
  }
}
