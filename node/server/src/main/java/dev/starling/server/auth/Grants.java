package dev.starling.server.auth;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.Revocations;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns the claims of verified tokens into what they allow here and now. Thread-safe. */
final class Grants {
  /** The scope of tokens for the HTTP API. */
  static final String ADMIN_SCOPE = "starling:admin";

  /** A grant that ends later never ends: the monotonic clock reaches some 292 years. */
  private static final long MAX_REMAINING_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  private final ClaimRules rules;
  private final Revocations revocations;
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;

  /**
   * @param wallClock tells the time that {@code exp} and {@code nbf} speak of
   * @param nanoClock tells the time that a grant's end is given in
   */
  Grants(
      ClaimRules rules, Revocations revocations, InstantSource wallClock, LongSupplier nanoClock) {
    this.rules = rules;
    this.revocations = revocations;
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
  }

  /** What a client's token is good for. */
  Grant forClient(Map<String, Object> verified) throws TokenRefusal {
    Claims claims = new Claims(verified);
    return grant(claims, claims.user(), claims.rooms(), claims.role());
  }

  /** What an application server's token is good for. */
  Grant forAdministrator(Map<String, Object> verified) throws TokenRefusal {
    Claims claims = new Claims(verified);
    Grant grant = grant(claims, claims.user(), claims.roomsOrAny(), Role.MODERATOR);
    if (!claims.hasScope(ADMIN_SCOPE)) {
      throw new TokenRefusal(Code.FORBIDDEN, "the token's scope is not " + ADMIN_SCOPE);
    }
    return grant;
  }

  private Grant grant(Claims claims, String user, RoomPattern rooms, Role role)
      throws TokenRefusal {
    long remainingMillis = remainingMillis(claims);
    checkParties(claims);
    Grant grant =
        new Grant(
            user,
            rooms,
            role,
            end(remainingMillis),
            claims.id(),
            claims.issuedMillis(),
            claims.residency());
    if (revocations.cover(grant)) {
      throw new TokenRefusal(Code.REVOKED, "the token was revoked");
    }
    return grant;
  }

  private long remainingMillis(Claims claims) throws TokenRefusal {
    long now = wallClock.millis();
    long leeway = rules.leewayMillis();
    long expires = claims.millis("exp").orElseThrow(() -> Claims.missing("exp"));
    if (now >= expires + leeway) {
      throw TokenRefusal.expired();
    }
    if (claims.millis("nbf").filter(begins -> now + leeway < begins).isPresent()) {
      throw TokenRefusal.because("the token is not valid yet");
    }
    return expires + leeway - now;
  }

  private void checkParties(Claims claims) throws TokenRefusal {
    if (rules.issuer() != null && !rules.issuer().equals(claims.claims().get("iss"))) {
      throw TokenRefusal.because("the token's claim iss is not the issuer that is trusted here");
    }
    if (rules.audience() != null && !claims.names("aud", rules.audience())) {
      throw TokenRefusal.because("the token's claim aud does not name this service");
    }
  }

  private long end(long remainingMillis) {
    return remainingMillis > MAX_REMAINING_MILLIS
        ? Long.MAX_VALUE
        : nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
  }
}
