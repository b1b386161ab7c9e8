package dev.starling.server.auth;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.Revocations;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Decides about tokens: JWT (RFC 7519) whose signature fits one of the node's keys, whose claims
 * are in order, and that nobody revoked. Thread-safe; blocks nobody.
 */
public final class RoomTokens {
  private final TokenVerifier verifier;
  private final Grants grants;

  /**
   * @param wallClock tells the time that claims speak of
   * @param nanoClock tells the time that a grant's end is given in
   */
  public RoomTokens(
      TokenVerifier verifier,
      ClaimRules rules,
      Revocations revocations,
      InstantSource wallClock,
      LongSupplier nanoClock) {
    this.verifier = verifier;
    this.grants = new Grants(rules, revocations, wallClock, nanoClock);
  }

  /** Says what a client's token is good for, once, from any thread. Throws for no input. */
  public void verify(String token, Consumer<? super TokenVerdict> verdict) {
    verifier.verify(token, judged(grants::forClient, verdict));
  }

  /** Says what an application server's token is good for, once, from any thread. */
  public void verifyAdministrator(String token, Consumer<? super TokenVerdict> verdict) {
    verifier.verify(token, judged(grants::forAdministrator, verdict));
  }

  private interface Reading {
    Grant grant(Map<String, Object> claims) throws TokenRefusal;
  }

  private static TokenVerifier.Continuation judged(
      Reading reading, Consumer<? super TokenVerdict> verdict) {
    return new TokenVerifier.Continuation() {
      @Override
      public void verified(Map<String, Object> claims) {
        TokenVerdict judged;
        try {
          judged = new Verified(reading.grant(claims));
        } catch (TokenRefusal refusal) {
          judged = refusal.verdict();
        }
        verdict.accept(judged);
      }

      @Override
      public void refused(TokenRefusal refusal) {
        verdict.accept(refusal.verdict());
      }
    };
  }
}
