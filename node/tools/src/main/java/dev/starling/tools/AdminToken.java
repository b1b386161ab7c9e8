package dev.starling.tools;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
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
    return signed(claims, secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Claims under a signature with HMAC SHA-256. */
  static String signed(JWTClaimsSet claims, byte[] key) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException shortKey) {
      throw new CommandFailure("the secret can't sign: " + shortKey.getMessage());
    }
    return token.serialize();
  }
}
