package dev.starling.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one line for people, a stack trace below it. Only a new event starts at the margin:
 * what was logged may hold a client's words, and a line break in them must not pass for another
 * line of the log.
 */
final class TextLine extends LayoutBase<ILoggingEvent> {
  private static final int LEVEL_WIDTH = 5;

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160).append(LogTime.of(event.getTimeStamp()));
    String level = event.getLevel().toString();
    line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length() + 1);
    line.append(simpleName(event.getLoggerName())).append(": ");
    appendOneLine(line, event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        appendOneLine(line, " " + pair.key + "=" + pair.value);
      }
    }
    appendThrown(line.append('\n'), event.getThrowableProxy());
    return line.toString();
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void appendThrown(StringBuilder line, @Nullable IThrowableProxy thrown) {
    if (thrown != null) {
      ThrowableProxyUtil.asString(thrown)
          .lines()
          .forEach(part -> {
            appendOneLine(line.append("    "), part.replace('\t', ' '));
            line.append('\n');
          });
    }
  }

  private static void appendOneLine(StringBuilder line, String text) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (breaksLines(character)) {
        line.append("\\u").append(HexFormat.of().toHexDigits(character));
      } else {
        line.append(character);
      }
    }
  }

  private static boolean breaksLines(char character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }
}
