package dev.starling.server.auth;

import dev.starling.core.protocol.Code;
import dev.starling.server.auth.TokenVerdict.Refused;

/** Ends the checking of a token at the first thing that is wrong with it. */
final class TokenRefusal extends Exception {
  private final Refused verdict;

  TokenRefusal(Code code, String message) {
    // Clients cause these at will: a stack trace would only cost time.
    super(message, null, false, false);
    this.verdict = new Refused(code, message);
  }

  static TokenRefusal because(String message) {
    return new TokenRefusal(Code.UNAUTHENTICATED, message);
  }

  static TokenRefusal expired() {
    return new TokenRefusal(Code.TOKEN_EXPIRED, "the token has expired");
  }

  Refused verdict() {
    return verdict;
  }
}
