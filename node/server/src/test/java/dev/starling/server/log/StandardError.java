package dev.starling.server.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.Level;

/** Takes in what is written to standard error, until it is closed. */
public final class StandardError implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  public StandardError() {
    System.setErr(new PrintStream(taken, true, StandardCharsets.UTF_8));
  }

  /** What was written so far. */
  public String text() {
    return taken.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setErr(before);
    LogOutput.text(Level.WARN);
  }
}
