package dev.starling.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LogLineTest {
  private static final String FORGED =
      "bye\n2026-01-01T00:00:00.000Z ERROR Forged: \u2028\u001b[31m";

  @Test
  void textIsOneLineWithTheTimeInUtc() {
    assertEquals(
        "2026-03-01T12:00:00.070Z INFO  Node: room den opened\n",
        new TextLine().doLayout(event("room {} opened", null, "den")));
  }

  @Test
  void fieldsFollowTheMessage() {
    LoggingEvent event = event("opened", null);
    event.setKeyValuePairs(List.of(new KeyValuePair("room", "den"), new KeyValuePair("n", 2)));
    assertEquals(
        "2026-03-01T12:00:00.070Z INFO  Node: opened room=den n=2\n",
        new TextLine().doLayout(event));
    assertTrue(
        new JsonLine().doLayout(event).contains("\"fields\":{\"room\":\"den\",\"n\":\"2\"}}"));
  }

  @Test
  void wordsOfAClientCanNotPassForAnotherLine() {
    String line =
        new TextLine().doLayout(event("said {}", new IllegalStateException(FORGED), FORGED));
    List<String> atTheMargin = line.lines().filter(part -> !part.startsWith("    ")).toList();
    assertEquals(
        List.of(
            "2026-03-01T12:00:00.070Z INFO  Node: said bye\\u000a2026-01-01T00:00:00.000Z ERROR"
                + " Forged: \\u2028\\u001b[31m"),
        atTheMargin);
    assertEquals(1, new JsonLine().doLayout(event("said {}", null, FORGED)).lines().count());
  }

  @Test
  void stackTraceStandsBelowItsLine() {
    String line = new TextLine().doLayout(event("failed", new IllegalStateException("why")));
    assertTrue(line.contains("\n    java.lang.IllegalStateException: why\n     at "), line);
    String json = new JsonLine().doLayout(event("failed", new IllegalStateException("why")));
    assertTrue(
        json.contains(",\"thrown\":\"java.lang.IllegalStateException: why\\n\\tat dev."), json);
  }

  @Test
  void jsonIsOneObjectALine() {
    assertEquals(
        "{\"time\":\"2026-03-01T12:00:00.070Z\",\"level\":\"INFO\",\"logger\":\"dev.starling.Node\",\"thread\":\"main-1\",\"message\":\"a"
            + " \\\"b\\\" \\\\ \\u0001 \\ud83d 😀\"}\n",
        new JsonLine().doLayout(event("a \"b\" \\ \u0001 \ud83d 😀", null)));
  }

  private static LoggingEvent event(
      String message, @Nullable Throwable thrown, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            LogLineTest.class.getName(),
            new LoggerContext().getLogger("dev.starling.Node"),
            Level.INFO,
            message,
            thrown,
            arguments);
    event.setInstant(Instant.parse("2026-03-01T12:00:00.070Z"));
    event.setThreadName("main-1");
    return event;
  }
}
