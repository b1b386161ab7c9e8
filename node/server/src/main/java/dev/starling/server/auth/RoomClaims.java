package dev.starling.server.auth;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The claims of a token whose signature fits. They are still checked: whoever signs may have passed
 * on a user's input.
 *
 * @param claims by name; claims that are not known are ignored (RFC 7519, section 4)
 */
record RoomClaims(Map<String, Object> claims) {
  /** How far the clock of whoever signs may be off. */
  static final long LEEWAY_MILLIS = 5000;

  private static final int MAX_USER = 128;
  private static final int MAX_ROOM = 128;

  /**
   * Times are cut to this distance from 1970, some 3,000 years, so that no sum of them overflows.
   */
  private static final long MAX_SECONDS = 100_000_000_000L;

  /** A grant that ends later never ends: the monotonic clock reaches some 292 years. */
  private static final long MAX_REMAINING_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  Grant grant(long wallMillis, long nowNanos) throws TokenRefusal {
    String user = text("sub", MAX_USER);
    RoomPattern rooms = new RoomPattern(text("room", MAX_ROOM));
    Role role = role();
    long expiresMillis = millis("exp").orElseThrow(() -> missing("exp"));
    if (wallMillis >= expiresMillis + LEEWAY_MILLIS) {
      throw TokenRefusal.expired();
    }
    if (millis("nbf").filter(begins -> wallMillis + LEEWAY_MILLIS < begins).isPresent()) {
      throw TokenRefusal.because("the token is not valid yet");
    }
    long remainingMillis = expiresMillis + LEEWAY_MILLIS - wallMillis;
    return new Grant(user, rooms, role, end(remainingMillis, nowNanos));
  }

  private static long end(long remainingMillis, long nowNanos) {
    return remainingMillis > MAX_REMAINING_MILLIS
        ? Long.MAX_VALUE
        : nowNanos + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
  }

  private String text(String claim, int longest) throws TokenRefusal {
    Object value = claims.get(claim);
    if (value == null) {
      throw missing(claim);
    }
    if (!(value instanceof String text) || text.isEmpty() || text.length() > longest) {
      throw TokenRefusal.because(
          "the token's claim " + claim + " is not a text of 1 to " + longest + " characters");
    }
    if (!text.codePoints().allMatch(RoomClaims::isPrintable)) {
      throw TokenRefusal.because("the token's claim " + claim + " has control characters in it");
    }
    return text;
  }

  /** Half a surrogate pair has no form in UTF-8. */
  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  private Role role() throws TokenRefusal {
    Object value = claims.get("role");
    if (value == null) {
      return Role.MEMBER;
    }
    for (Role role : Role.values()) {
      if (role.text().equals(value)) {
        return role;
      }
    }
    throw TokenRefusal.because("the token's claim role is neither member nor moderator");
  }

  private Optional<Long> millis(String claim) throws TokenRefusal {
    Object value = claims.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Number number)) {
      throw TokenRefusal.because("the token's claim " + claim + " is not a number of seconds");
    }
    return Optional.of(Math.clamp(number.longValue(), -MAX_SECONDS, MAX_SECONDS) * 1000);
  }

  private static TokenRefusal missing(String claim) {
    return TokenRefusal.because("the token has no claim " + claim);
  }
}
