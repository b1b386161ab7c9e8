package dev.starling.tools.load;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.starling.tools.HmacToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * What clients prove themselves with: one token for all, or one for each, signed here. Good for a
 * day, which is more than the longest run.
 */
final class LoadTokens {
  private static final Duration LIFETIME = Duration.ofDays(1);

  private final String tokenOrSecret;
  private final boolean signs;
  private final Instant now;

  private LoadTokens(String tokenOrSecret, boolean signs, Instant now) {
    this.tokenOrSecret = tokenOrSecret;
    this.signs = signs;
    this.now = now;
  }

  /** The same token for every client. */
  static LoadTokens given(String token) {
    return new LoadTokens(token, false, Instant.EPOCH);
  }

  /**
   * A token for each client.
   *
   * @param secret of 32 bytes or more
   */
  static LoadTokens signed(String secret, Instant now) {
    return new LoadTokens(secret, true, now);
  }

  /** The token of a client with this index. */
  String token(int index) {
    if (!signs) {
      return tokenOrSecret;
    }
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject("load-" + index)
            .claim("room", "load-*")
            .claim("role", "member")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    return HmacToken.of(claims, tokenOrSecret);
  }

  @Override
  public String toString() {
    return "LoadTokens[…]";
  }
}
