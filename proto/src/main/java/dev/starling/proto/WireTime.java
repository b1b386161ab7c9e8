package dev.starling.proto;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as every wire form writes them: RFC 3339 with milliseconds, UTC. */
public final class WireTime {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private WireTime() {}

  /** The text of a time in milliseconds since 1970. */
  public static String of(long epochMillis) {
    return RFC_3339.format(Instant.ofEpochMilli(epochMillis));
  }
}
