package dev.starling.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;

/** Damaged patterns against damaged names: they match what a regular expression matches. */
final class RoomPatternFuzzTest {
  private static final Corpus CORPUS =
      Corpus.text(
          RoomPatternFuzzTest.class,
          "patterns.txt",
          List.of("*", "team", "-", ".", "\\", "\\E", "\n", "\u0000", "\ud83d\udc26"));

  private static final Fuzzing PATTERNS = new Fuzzing("room patterns", 512, 8);

  @Property(tries = 20_000)
  void patternMatchesWhatARegularExpressionMatches(Choices choices) {
    String text = text(CORPUS.damaged(choices));
    String room =
        choices.nextBoolean()
            ? text + text(CORPUS.damaged(choices))
            : text(CORPUS.damaged(choices));
    RoomPattern pattern = new RoomPattern(text);
    boolean matches = PATTERNS.parse(text.length() + room.length(), () -> pattern.matches(room));
    assertEquals(reference(text).matcher(room).matches(), matches, text + " and " + room);
    PATTERNS.count(matches ? "accepted" : "refused");
  }

  private static Pattern reference(String text) {
    boolean open = text.endsWith("*");
    String name = open ? text.substring(0, text.length() - 1) : text;
    return Pattern.compile(Pattern.quote(name) + (open ? ".*" : ""), Pattern.DOTALL);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @AfterAll
  static void report() {
    System.out.println(PATTERNS);
  }
}
