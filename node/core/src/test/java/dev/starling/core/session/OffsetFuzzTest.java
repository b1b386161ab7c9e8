package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ServerMessage.MuteRequested;
import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/** Damaged offsets and resume tokens: nothing throws, and what was never given out is refused. */
final class OffsetFuzzTest {
  private static final int EVENTS = 50;
  private static final Corpus CORPUS =
      Corpus.text(
          OffsetFuzzTest.class,
          "offsets.txt",
          List.of(
              "0", "1", "z", "Z", "-", "+", ".", " ", "\u0000", "\u0663", "\uff11", "1e", "0x"));

  private static final Fuzzing OFFSETS = new Fuzzing("offsets", 2048, 16);
  private static final Fuzzing TOKENS = new Fuzzing("resume tokens", 256, 4);

  private final Outbox outbox = new Outbox(EVENTS, 1_000_000);
  private final Set<String> given = new HashSet<>(Set.of(outbox.writtenOffset()));

  @Property(tries = 20_000)
  void offsetIsTakenWhereItWasGivenOut(Choices choices) {
    while (outbox.offer(new MuteRequested("r", "m"), null, 0)) {
      outbox.write();
      given.add(outbox.writtenOffset());
    }
    String offset = text(CORPUS.damaged(choices));
    var confirmed = OFFSETS.parse(offset.length(), () -> outbox.confirm(offset));
    assertEquals(given.contains(offset), confirmed != null, offset);
    OFFSETS.count(confirmed == null ? "refused" : "accepted");
  }

  @Property(tries = 20_000)
  void sessionOfAResumeTokenIsWhatComesBeforeItsLastDot(Choices choices) {
    String token = text(CORPUS.damaged(choices));
    String session = TOKENS.parse(token.length(), () -> Secrets.sessionOf(token));
    if (session == null) {
      assertTrue(token.lastIndexOf('.') < 1, token);
      TOKENS.count("refused");
    } else {
      assertEquals(token, session + "." + token.substring(session.length() + 1));
      assertFalse(token.substring(session.length() + 1).contains("."), token);
      TOKENS.count("accepted");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @AfterAll
  static void report() {
    System.out.println(OFFSETS);
    System.out.println(TOKENS);
  }
}
