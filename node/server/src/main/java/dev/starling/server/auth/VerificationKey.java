package dev.starling.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key with the algorithms that it is for. Which algorithm is used follows from the key and never
 * from the token alone (RFC 8725, section 3.1): a public key is never taken for an HMAC secret.
 * Thread-safe.
 */
final class VerificationKey {
  private final @Nullable String id;
  private final Set<JWSAlgorithm> algorithms;
  private final JWSVerifier verifier;

  VerificationKey(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
    this.id = id;
    this.algorithms = Set.copyOf(algorithms);
    this.verifier = verifier;
  }

  /**
   * A shared secret, for HMAC SHA-256.
   *
   * @param id the key's id, or null where it serves tokens of any
   * @param secret at least 32 bytes (RFC 7518, section 3.2)
   */
  static VerificationKey ofSecret(@Nullable String id, byte[] secret) {
    try {
      return new VerificationKey(id, Set.of(JWSAlgorithm.HS256), new MACVerifier(secret));
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("a token secret has at least 32 bytes", tooShort);
    }
  }

  /** Whether a token with this header may be signed with this key. */
  boolean fits(JWSHeader header) {
    return algorithms.contains(header.getAlgorithm())
        && (id == null || header.getKeyID() == null || id.equals(header.getKeyID()));
  }

  /** Whether the token's signature was made with this key. */
  boolean verifies(JWSObject token) throws JOSEException {
    return token.verify(verifier);
  }
}
