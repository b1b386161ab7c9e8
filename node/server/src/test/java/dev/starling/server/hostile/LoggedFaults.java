package dev.starling.server.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged as an error, or with a stack trace, from now on. */
final class LoggedFaults extends AppenderBase<ILoggingEvent> {
  private final List<String> faults = new CopyOnWriteArrayList<>();

  static LoggedFaults collect() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    LoggedFaults collector = new LoggedFaults();
    collector.setContext(context);
    collector.start();
    root.addAppender(collector);
    return collector;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null) {
      faults.add(event.getLoggerName() + ": " + event.getFormattedMessage());
    }
  }

  List<String> all() {
    return List.copyOf(faults);
  }
}
