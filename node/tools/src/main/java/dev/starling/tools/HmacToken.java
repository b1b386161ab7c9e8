package dev.starling.tools;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;

/** Claims under a signature with HMAC SHA-256: a JWT (RFC 7519). */
public final class HmacToken {
  private HmacToken() {}

  /**
   * Signs claims.
   *
   * @param secret of 32 bytes or more
   * @throws CommandFailure where it has less
   */
  public static String of(JWTClaimsSet claims, String secret) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException shortSecret) {
      throw new CommandFailure("the secret can't sign: " + shortSecret.getMessage());
    }
    return token.serialize();
  }
}
