package dev.starling.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where the log of this process goes: to standard error, in one of two forms. Can be changed at any
 * time.
 */
public final class LogOutput {
  private static final String OURS = "dev.starling";

  private LogOutput() {}

  /** Lines for people. */
  public static void text(Level level) {
    apply(level, new TextLine());
  }

  /** A JSON object a line, for machines. */
  public static void json(Level level) {
    apply(level, new JsonLine());
  }

  private static void apply(Level level, Layout<ILoggingEvent> layout) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(standardError(context, layout));
    root.setLevel(convert(level.toInt() < Level.INFO.toInt() ? Level.INFO : level));
    context.getLogger(OURS).setLevel(convert(level));
    // It says "Started" and "Stopped", and not what.
    context.getLogger("io.atomix").setLevel(convert(Level.WARN));
    ForeignLog.install();
  }

  private static ch.qos.logback.classic.Level convert(Level level) {
    return ch.qos.logback.classic.Level.convertAnSLF4JLevel(level);
  }

  private static ConsoleAppender<ILoggingEvent> standardError(
      LoggerContext context, Layout<ILoggingEvent> layout) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
