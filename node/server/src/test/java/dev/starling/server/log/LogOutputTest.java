package dev.starling.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class LogOutputTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.starling.Some");
  private static final Logger THEIRS = LoggerFactory.getLogger("io.netty.Other");

  @Test
  void levelAndFormChangeAtRunTime() {
    try (StandardError output = new StandardError()) {
      LogOutput.text(Level.INFO);
      OURS.debug("one");
      OURS.info("two");
      LogOutput.json(Level.DEBUG);
      OURS.debug("three");
      LogOutput.text(Level.ERROR);
      OURS.warn("four");
      String[] lines = output.text().split("\n", -1);
      assertEquals(3, lines.length, output::text);
      assertTrue(lines[0].endsWith(" INFO  Some: two"), lines[0]);
      assertTrue(lines[1].endsWith("\"message\":\"three\"}"), lines[1]);
    }
  }

  @Test
  void librariesAreHeardFromInfoUp() {
    try (StandardError output = new StandardError()) {
      LogOutput.text(Level.TRACE);
      THEIRS.debug("chatter");
      THEIRS.info("news");
      assertEquals(1, output.text().lines().count(), output::text);
      LogOutput.text(Level.ERROR);
      THEIRS.warn("worries");
      assertEquals(1, output.text().lines().count(), output::text);
    }
  }
}
