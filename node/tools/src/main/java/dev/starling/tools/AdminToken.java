package dev.starling.tools;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Tokens for operators and application servers: JWT (RFC 7519) with the scope of both. */
public final class AdminToken {
  private static final String SCOPE = "starling:admin";

  private AdminToken() {}

  /**
   * A token.
   *
   * @param secret the server's, of 32 bytes or more
   * @param user whom the server's log names
   */
  public static String of(String secret, String user, Instant now, Duration lifetime) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .claim("scope", SCOPE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    return HmacToken.of(claims, secret);
  }
}
