package dev.starling.sim;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Seeds from one to another, both included; written {@code 1..1000}, or {@code 7} for one.
 *
 * @param last at least {@code first}
 */
record SeedRange(long first, long last) {
  /** Reads one. */
  static final class Reader implements ITypeConverter<SeedRange> {
    @Override
    public SeedRange convert(String text) {
      int dots = text.indexOf("..");
      try {
        long first = Long.parseLong(dots < 0 ? text : text.substring(0, dots));
        long last = dots < 0 ? first : Long.parseLong(text.substring(dots + 2));
        if (last >= first) {
          return new SeedRange(first, last);
        }
      } catch (NumberFormatException unreadable) {
        // Said below, as for a range that runs backwards.
      }
      throw new TypeConversionException("seeds are written 1..1000, or 7 for one");
    }
  }
}
