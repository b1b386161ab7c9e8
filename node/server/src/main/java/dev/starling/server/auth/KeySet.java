package dev.starling.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK Set (RFC 7517, section 5). Keys that are for something else, of a kind that isn't
 * known, or too weak are left out, as the RFC asks; secrets are left out too, since they don't
 * belong in a document that others may read.
 */
final class KeySet {
  /** The largest document that is looked at. */
  static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_KEYS = 64;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  private static final Set<JWSAlgorithm> RSA =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);
  private static final Map<Curve, JWSAlgorithm> EC =
      Map.of(
          Curve.P_256, JWSAlgorithm.ES256,
          Curve.P_384, JWSAlgorithm.ES384,
          Curve.P_521, JWSAlgorithm.ES512);

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410, section 4). */
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private KeySet() {}

  /**
   * The keys of a document that can verify tokens, at least one.
   *
   * @throws IOException where there is none; the message says why and quotes nothing
   */
  static List<VerificationKey> read(String document) throws IOException {
    List<JWK> listed;
    try {
      listed = JWKSet.parse(document).getKeys();
    } catch (ParseException | RuntimeException malformed) {
      throw new IOException("it is not a JWK Set", malformed);
    }
    if (listed.size() > MAX_KEYS) {
      throw new IOException("it has more than " + MAX_KEYS + " keys");
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (JWK listedKey : listed) {
      VerificationKey key = isForSignatures(listedKey) ? key(listedKey) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new IOException("it has no key that can verify tokens");
    }
    return keys;
  }

  private static boolean isForSignatures(JWK key) {
    Set<KeyOperation> operations = key.getKeyOperations();
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (operations == null || operations.contains(KeyOperation.VERIFY));
  }

  private static @Nullable VerificationKey key(JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS && rsa.size() <= MOST_RSA_BITS ->
            bound(key, RSA, new RSASSAVerifier(rsa.toRSAPublicKey()));
        case ECKey ec when EC.containsKey(ec.getCurve()) ->
            bound(key, Set.of(EC.get(ec.getCurve())), new ECDSAVerifier(ec.toECPublicKey()));
        case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
            bound(key, EdwardsVerifier.ALGORITHMS, new EdwardsVerifier(edwardsKey(pair)));
        default -> null;
      };
    } catch (JOSEException | GeneralSecurityException unusable) {
      return null;
    }
  }

  /** A key for the algorithm that it names, or for all of its kind where it names none. */
  private static @Nullable VerificationKey bound(
      JWK key, Set<JWSAlgorithm> possible, JWSVerifier verifier) {
    if (key.getAlgorithm() == null) {
      return new VerificationKey(key.getKeyID(), possible, verifier);
    }
    JWSAlgorithm named = JWSAlgorithm.parse(key.getAlgorithm().getName());
    return possible.contains(named)
        ? new VerificationKey(key.getKeyID(), Set.of(named), verifier)
        : null;
  }

  private static PublicKey edwardsKey(OctetKeyPair pair) throws GeneralSecurityException {
    byte[] point = pair.getDecodedX();
    byte[] encoded = new byte[ED25519_HEAD.length + point.length];
    System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
    System.arraycopy(point, 0, encoded, ED25519_HEAD.length, point.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
