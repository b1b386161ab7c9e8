package dev.starling.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A token taken apart, its signature still unchecked. What its header says only ever leads to a
 * refusal or to one of the node's own keys (RFC 8725, sections 3.1 and 3.10).
 *
 * @param text its compact form
 */
record SignedToken(String text, JWSObject parts) {
  /** The longest token that is looked at, in characters. */
  static final int MAX_LENGTH = 8192;

  static final String MALFORMED = "the token is not a signed JWT";

  /** RFC 7515, section 7.1; the decoder would skip characters that are none of base64url's. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+\\.[A-Za-z0-9_-]++");

  static SignedToken parse(String text) throws TokenRefusal {
    if (text.length() > MAX_LENGTH) {
      throw TokenRefusal.because("the token is longer than " + MAX_LENGTH + " characters");
    }
    if (!COMPACT.matcher(text).matches()) {
      throw TokenRefusal.because(MALFORMED);
    }
    try {
      JWSObject parts = JWSObject.parse(text);
      check(parts.getHeader());
      return new SignedToken(text, parts);
    } catch (ParseException | RuntimeException malformed) {
      throw TokenRefusal.because(MALFORMED);
    }
  }

  private static void check(JWSHeader header) throws TokenRefusal {
    // RFC 7515, section 4.1.11: whoever doesn't know what is critical must refuse; nothing is known
    // here.
    if (header.getCriticalParams() != null) {
      throw TokenRefusal.because("the token's header asks for extensions that are not known here");
    }
    if (header.getJWK() != null
        || header.getJWKURL() != null
        || header.getX509CertURL() != null
        || header.getX509CertChain() != null) {
      throw TokenRefusal.because("the token brings a key of its own along");
    }
  }

  JWSHeader header() {
    return parts.getHeader();
  }

  /** Whether checking the signature takes so long that an event loop would notice. */
  boolean costly() {
    return JWSAlgorithm.Family.SIGNATURE.contains(header().getAlgorithm());
  }

  /** Checks the signature and returns the claims. */
  Map<String, Object> claims(List<VerificationKey> candidates) throws TokenRefusal {
    try {
      for (VerificationKey key : candidates) {
        if (key.verifies(parts)) {
          return payload();
        }
      }
    } catch (JOSEException | RuntimeException malformed) {
      throw TokenRefusal.because(MALFORMED);
    }
    throw TokenRefusal.because("the token's signature does not fit");
  }

  private Map<String, Object> payload() throws TokenRefusal {
    Map<String, Object> claims = parts.getPayload().toJSONObject();
    if (claims == null) {
      throw TokenRefusal.because("the token's payload is not a JSON object");
    }
    return claims;
  }

  @Override
  public String toString() {
    return "SignedToken[]";
  }
}
