package dev.starling.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

  /** As gRPC does for each stream of a connection that is cut. */
  @Test
  void warningsOfAnotherLoggingSystemAreOneLineWithoutATrace() {
    try (StandardError output = new StandardError()) {
      LogOutput.text(Level.INFO);
      var theirs = java.util.logging.Logger.getLogger("io.grpc.netty.NettyServerHandler");
      theirs.log(java.util.logging.Level.WARNING, "Stream Error", new IOException("cut"));
      assertEquals(1, output.text().lines().count(), output::text);
      assertTrue(
          output
              .text()
              .contains("INFO  NettyServerHandler: Stream Error: java.io.IOException: cut"),
          output::text);
      theirs.log(java.util.logging.Level.SEVERE, "a fault", new IllegalStateException("broken"));
      assertTrue(output.text().contains("ERROR NettyServerHandler: a fault"), output::text);
      LogOutput.text(Level.WARN);
      theirs.warning("chatter");
      assertFalse(output.text().contains("chatter"), output::text);
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
