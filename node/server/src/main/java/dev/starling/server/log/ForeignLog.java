package dev.starling.server.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Takes what libraries say through {@code java.util.logging}, as gRPC does, into the log. They warn
 * of each stream of a connection that is cut, which happens to nodes, with a stack trace that helps
 * nobody: a warning becomes information in one line; what is severe is an error and keeps its
 * trace.
 */
final class ForeignLog extends Handler {
  private final SimpleFormatter text = new SimpleFormatter();

  private ForeignLog() {}

  /** Takes everything from now on; what was installed before is there no more. */
  static void install() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").addHandler(new ForeignLog());
  }

  @Override
  public void publish(LogRecord said) {
    org.slf4j.Logger log = LoggerFactory.getLogger(String.valueOf(said.getLoggerName()));
    String message = text.formatMessage(said);
    Throwable thrown = said.getThrown();
    if (said.getLevel().intValue() >= Level.SEVERE.intValue()) {
      log.error(message, thrown);
    } else if (thrown == null) {
      log.info(message);
    } else {
      log.info("{}: {}", message, thrown.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
