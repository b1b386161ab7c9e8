package dev.starling.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.HexFormat;
import org.slf4j.event.KeyValuePair;

/**
 * An event as one JSON object (RFC 8259) on one line: {@code time}, {@code level}, {@code logger},
 * {@code thread}, {@code message}, then {@code fields} and {@code thrown} where there are any.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(240).append('{');
    member(line, "time", LogTime.of(event.getTimeStamp()));
    member(line.append(','), "level", event.getLevel().toString());
    member(line.append(','), "logger", event.getLoggerName());
    member(line.append(','), "thread", event.getThreadName());
    member(line.append(','), "message", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null && !event.getKeyValuePairs().isEmpty()) {
      fields(line, event);
    }
    if (event.getThrowableProxy() != null) {
      member(line.append(','), "thrown", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append("}\n").toString();
  }

  private static void fields(StringBuilder line, ILoggingEvent event) {
    line.append(",\"fields\":{");
    String separator = "";
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      member(line.append(separator), pair.key, String.valueOf(pair.value));
      separator = ",";
    }
    line.append('}');
  }

  private static void member(StringBuilder line, String name, String value) {
    text(line, name);
    text(line.append(':'), value);
  }

  private static void text(StringBuilder line, String text) {
    line.append('"');
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      switch (character) {
        case '"', '\\' -> line.append('\\').append(character);
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        default -> {
          // Half a surrogate pair has no form in UTF-8.
          if (character < ' ' || (Character.isSurrogate(character) && !paired(text, at))) {
            line.append("\\u").append(HexFormat.of().toHexDigits(character));
          } else {
            line.append(character);
          }
        }
      }
    }
    line.append('"');
  }

  private static boolean paired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
