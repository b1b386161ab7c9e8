package dev.starling.server.auth;

import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token whose signature fits, read one by one. They are still checked: whoever
 * signs may have passed on a user's input.
 *
 * @param claims by name; claims that nobody asks for are ignored (RFC 7519, section 4)
 */
record Claims(Map<String, Object> claims) {
  private static final int MAX_USER = 128;
  private static final int MAX_ROOM = 128;
  private static final int MAX_ID = 256;
  private static final int MAX_REGIONS = 16;

  /** What a node's region may be called. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");

  /**
   * Times are cut to this distance from 1970, some 3,000 years, so that no sum of them overflows.
   */
  private static final long MAX_SECONDS = 100_000_000_000L;

  String user() throws TokenRefusal {
    return text("sub", MAX_USER);
  }

  RoomPattern rooms() throws TokenRefusal {
    return new RoomPattern(text("room", MAX_ROOM));
  }

  /** The rooms where it names them, else all. */
  RoomPattern roomsOrAny() throws TokenRefusal {
    return claims.get("room") == null ? RoomPattern.ANY : rooms();
  }

  Role role() throws TokenRefusal {
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

  /** The regions that its rooms are kept in; empty where it doesn't say. */
  List<String> residency() throws TokenRefusal {
    Object value = claims.get("residency");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MAX_REGIONS) {
      throw badResidency();
    }
    List<String> regions = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof String region) || !REGION.matcher(region).matches()) {
        throw badResidency();
      }
      regions.add(region);
    }
    return regions;
  }

  private static TokenRefusal badResidency() {
    return TokenRefusal.because(
        "the token's claim residency is not a list of 1 to " + MAX_REGIONS + " regions");
  }

  /** The token's id, or null where it has none. */
  @Nullable String id() throws TokenRefusal {
    return claims.get("jti") == null ? null : text("jti", MAX_ID);
  }

  /** When it was issued; long ago where it doesn't say so in a number. */
  long issuedMillis() {
    return claims.get("iat") instanceof Number number ? millis(number) : Long.MIN_VALUE;
  }

  Optional<Long> millis(String claim) throws TokenRefusal {
    Object value = claims.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Number number)) {
      throw TokenRefusal.because("the token's claim " + claim + " is not a number of seconds");
    }
    return Optional.of(millis(number));
  }

  private static long millis(Number seconds) {
    return Math.clamp(seconds.longValue(), -MAX_SECONDS, MAX_SECONDS) * 1000;
  }

  /** Whether a claim is this text, or a list with it in it (RFC 7519, section 4.1.3). */
  boolean names(String claim, String text) {
    return switch (claims.get(claim)) {
      case String one -> one.equals(text);
      case Collection<?> several -> several.contains(text);
      case null, default -> false;
    };
  }

  /** Whether a scope is among those that the token lists (RFC 8693, section 4.2). */
  boolean hasScope(String scope) {
    List<String> scopes =
        claims.get("scope") instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
    return scopes.contains(scope);
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
    if (!text.codePoints().allMatch(Claims::isPrintable)) {
      throw TokenRefusal.because("the token's claim " + claim + " has control characters in it");
    }
    return text;
  }

  /** Half a surrogate pair has no form in UTF-8. */
  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  static TokenRefusal missing(String claim) {
    return TokenRefusal.because("the token has no claim " + claim);
  }

  @Override
  public String toString() {
    return "Claims[]";
  }
}
