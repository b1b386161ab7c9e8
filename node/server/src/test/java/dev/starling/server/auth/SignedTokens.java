package dev.starling.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key pairs for tests, and tokens signed with them. */
public final class SignedTokens {
  static final String PAYLOAD = "{\"sub\":\"ann\",\"room\":\"den\",\"exp\":1900000000}";

  private SignedTokens() {}

  /** A private key with what a token that it signs says of it. */
  public record Pair(JWK jwk, @Nullable KeyPair edwards) {
    public String sign(JWSAlgorithm algorithm) {
      return sign(new JWSHeader.Builder(algorithm).keyID(jwk.getKeyID()).build(), PAYLOAD);
    }

    public String sign(JWSHeader header, String payload) {
      try {
        JWSObject token = new JWSObject(header, new Payload(payload));
        if (edwards != null) {
          return edwardsToken(token, edwards);
        }
        JWSSigner signer =
            jwk instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(jwk.toECKey());
        token.sign(signer);
        return token.serialize();
      } catch (JOSEException | GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    private static String edwardsToken(JWSObject token, KeyPair edwards)
        throws GeneralSecurityException {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(edwards.getPrivate());
      signature.update(token.getSigningInput());
      return new String(token.getSigningInput(), StandardCharsets.US_ASCII)
          + "."
          + Base64URL.encode(signature.sign());
    }

    JWK open() {
      return jwk.toPublicJWK();
    }
  }

  public static Pair rsa(String id) {
    return rsa(id, 2048);
  }

  public static Pair rsa(String id, int bits) {
    try {
      return new Pair(new RSAKeyGenerator(bits, true).keyID(id).generate(), null);
    } catch (JOSEException broken) {
      throw new IllegalStateException(broken);
    }
  }

  public static Pair ec(String id, Curve curve) {
    try {
      ECKey key = new ECKeyGenerator(curve).keyID(id).generate();
      return new Pair(key, null);
    } catch (JOSEException broken) {
      throw new IllegalStateException(broken);
    }
  }

  public static Pair edwards(String id) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      OctetKeyPair open =
          new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID(id).build();
      return new Pair(open, pair);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** The public halves as a document. */
  public static String document(Pair... pairs) {
    return new JWKSet(List.of(pairs).stream().map(Pair::open).toList()).toString(true);
  }
}
