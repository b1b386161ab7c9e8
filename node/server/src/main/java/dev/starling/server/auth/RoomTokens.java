package dev.starling.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Verifies room tokens: JWT (RFC 7519) signed with HMAC SHA-256, and with nothing else, as RFC 8725
 * advises (sections 3.1 and 3.2): what the token's header says only ever leads to a refusal.
 * Thread-safe.
 */
public final class RoomTokens {
  /** The longest token that is looked at, in characters. */
  public static final int MAX_LENGTH = 8192;

  /** RFC 7515, section 7.1; the decoder would skip characters that are none of base64url's. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+\\.[A-Za-z0-9_-]++");

  private static final String MALFORMED = "the token is not a signed JWT";

  private final JWSVerifier verifier;
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;

  /**
   * @param secret the shared secret, at least 32 bytes (RFC 7518, section 3.2)
   * @param wallClock tells the time that {@code exp} and {@code nbf} speak of
   * @param nanoClock tells the time that the grant's end is given in
   */
  public RoomTokens(byte[] secret, InstantSource wallClock, LongSupplier nanoClock) {
    try {
      this.verifier = new MACVerifier(secret);
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("a token secret has at least 32 bytes", tooShort);
    }
    this.wallClock = wallClock;
    this.nanoClock = nanoClock;
  }

  /** What a token is good for. Throws for no input. */
  public TokenVerdict verify(String token) {
    try {
      return new Verified(grant(token));
    } catch (TokenRefusal refusal) {
      return refusal.verdict();
    } catch (ParseException | JOSEException | RuntimeException malformed) {
      return new Refused(Code.UNAUTHENTICATED, MALFORMED);
    }
  }

  private Grant grant(String token) throws TokenRefusal, ParseException, JOSEException {
    if (token.length() > MAX_LENGTH) {
      throw TokenRefusal.because("the token is longer than " + MAX_LENGTH + " characters");
    }
    if (!COMPACT.matcher(token).matches()) {
      throw TokenRefusal.because(MALFORMED);
    }
    JWSObject signed = JWSObject.parse(token);
    check(signed.getHeader());
    if (!signed.verify(verifier)) {
      throw TokenRefusal.because("the token's signature does not fit");
    }
    Map<String, Object> claims = signed.getPayload().toJSONObject();
    if (claims == null) {
      throw TokenRefusal.because("the token's payload is not a JSON object");
    }
    return new RoomClaims(claims).grant(wallClock.millis(), nanoClock.getAsLong());
  }

  private static void check(JWSHeader header) throws TokenRefusal {
    if (!header.getAlgorithm().equals(JWSAlgorithm.HS256)) {
      throw TokenRefusal.because("the token's algorithm is not HS256");
    }
    // RFC 7515, section 4.1.11: whoever doesn't know what is critical must refuse; nothing is known
    // here.
    if (header.getCriticalParams() != null) {
      throw TokenRefusal.because("the token's header asks for extensions that are not known here");
    }
  }
}
