package dev.starling.server.ring;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A node's certificate, its private key and whom it trusts, as read from their files; they fit
 * together. Never printed whole.
 *
 * @param chain this node's certificate first
 * @param authorities at least one
 */
record Credentials(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  private static final int PROOF_BYTES = 32;

  Credentials {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads the files. Whether a certificate has ended is not asked: a node whose certificate has may
   * still serve its clients.
   *
   * @throws IOException where they can't be used, or don't fit together; the message says which
   */
  static Credentials read(RingConfig.Certificates files) throws IOException {
    List<X509Certificate> chain = certificates("cluster.certificate", files.certificate());
    List<X509Certificate> authorities = certificates("cluster.authority", files.authority());
    Credentials read = new Credentials(chain, key(files.key()), authorities);
    if (!read.keyFits()) {
      throw new IOException(
          "cluster.key: " + files.key() + " is not the key of " + files.certificate());
    }
    if (!read.isFromAnAuthority()) {
      throw new IOException(
          "cluster.authority: "
              + files.certificate()
              + " is from none of the authorities in "
              + files.authority());
    }
    return read;
  }

  private static List<X509Certificate> certificates(String setting, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found = List.of(CertificateUtils.getX509Certificates(in));
      if (found.isEmpty()) {
        throw new IOException(setting + ": no certificate is in " + file);
      }
      return found;
    } catch (NoSuchFileException | AccessDeniedException unreadable) {
      throw unreadable(setting, file, unreadable);
    } catch (GeneralSecurityException unusable) {
      throw new IOException(setting + ": " + file + " is no PEM file of certificates", unusable);
    }
  }

  private static IOException unreadable(String setting, Path file, IOException cause) {
    return new IOException(setting + ": " + file + " can't be read", cause);
  }

  private static PrivateKey key(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateUtils.getPrivateKey(in);
    } catch (NoSuchFileException | AccessDeniedException unreadable) {
      throw unreadable("cluster.key", file, unreadable);
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw new IOException(
          "cluster.key: " + file + " is no PEM file with a private key (PKCS #8)", unusable);
    }
  }

  private boolean keyFits() throws IOException {
    byte[] proof = new byte[PROOF_BYTES];
    new SecureRandom().nextBytes(proof);
    try {
      Signature signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(proof);
      byte[] signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(proof);
      return signature.verify(signed);
    } catch (InvalidKeyException another) {
      return false;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("cluster.key: " + unusable.getMessage(), unusable);
    }
  }

  private String algorithm() {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }

  /** Asked as of when the certificate began, so that only the signatures count. */
  private boolean isFromAnAuthority() {
    if (authorities.contains(chain.getFirst())) {
      return true;
    }
    try {
      Set<TrustAnchor> anchors = new HashSet<>();
      authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
      PKIXParameters how = new PKIXParameters(anchors);
      how.setRevocationEnabled(false);
      how.setDate(chain.getFirst().getNotBefore());
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), how);
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  /** The certificate of the chain that ends first. */
  X509Certificate firstToEnd() {
    return chain.stream().min(Comparator.comparing(X509Certificate::getNotAfter)).orElseThrow();
  }

  /** The authority that ends last: where they overlap, the one that counts. */
  X509Certificate lastAuthority() {
    return authorities.stream()
        .max(Comparator.comparing(X509Certificate::getNotAfter))
        .orElseThrow();
  }

  @Override
  public String toString() {
    X509Certificate own = chain.getFirst();
    return own.getSubjectX500Principal().getName() + ", until " + own.getNotAfter().toInstant();
  }
}
