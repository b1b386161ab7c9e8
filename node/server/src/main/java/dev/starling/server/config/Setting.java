package dev.starling.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting: a row of the table.
 *
 * @param name its dotted name, the same in files and for {@code --set}
 * @param kind which values it takes
 * @param fallback its value where no source gives one; null where it then has none, or where that
 *     depends on others
 * @param fallbackText what the reference says of that
 * @param meaning what it does, in a sentence or two
 */
record Setting<T>(
    String name, Kind<T> kind, @Nullable T fallback, String fallbackText, String meaning) {
  static final String ENVIRONMENT_PREFIX = "STARLING_";

  /** The group that it belongs to: everything before the last dot. */
  String group() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * The environment variable that gives it: {@code limits.chatBytes} is {@code
   * STARLING_LIMITS_CHAT_BYTES}.
   */
  String environmentName() {
    String words = name.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2");
    return ENVIRONMENT_PREFIX + words.toUpperCase(Locale.ROOT);
  }
}
