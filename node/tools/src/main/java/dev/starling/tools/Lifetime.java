package dev.starling.tools;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time span such as {@code 90s}, {@code 30m}, {@code 1h} or {@code 7d}. */
final class Lifetime implements ITypeConverter<Duration> {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Duration LONGEST = Duration.ofDays(366);

  @Override
  public Duration convert(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new TypeConversionException("'" + text + "' is not a time such as 90s, 30m, 1h or 7d");
    }
    Duration lifetime = Duration.of(Long.parseLong(span.group(1)), unit(span.group(2).charAt(0)));
    if (lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("'" + text + "' is not between 1s and 366d");
    }
    return lifetime;
  }

  private static ChronoUnit unit(char letter) {
    return switch (letter) {
      case 's' -> ChronoUnit.SECONDS;
      case 'm' -> ChronoUnit.MINUTES;
      case 'h' -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
