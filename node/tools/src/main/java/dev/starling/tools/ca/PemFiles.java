package dev.starling.tools.ca;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys in PEM files (RFC 7468). */
public final class PemFiles {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemFiles() {}

  /** The first certificate of a file. */
  public static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> all = new ArrayList<>();
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.add((X509Certificate) one);
      }
      if (all.isEmpty()) {
        throw new IOException("no certificate is in " + file);
      }
      return all;
    }
  }

  /** Whether there is a certificate that is good for a while. */
  public static boolean lasts(Path file, Duration time)
      throws IOException, GeneralSecurityException {
    return Files.exists(file)
        && certificate(file).getNotAfter().toInstant().isAfter(Instant.now().plus(time));
  }

  /** Whether an authority signed a file's certificate. */
  public static boolean isSignedBy(Path file, X509Certificate authority) throws IOException {
    try {
      certificate(file).verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException byAnother) {
      return false;
    }
  }

  /** Takes a private key out of a key store, into a file that only its owner can read. */
  static void writeKey(Path store, String password, String alias, Path file)
      throws IOException, GeneralSecurityException {
    char[] characters = password.toCharArray();
    Key key = KeyStore.getInstance(store.toFile(), characters).getKey(alias, characters);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + LINES.encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** TLS that trusts one authority and nobody else. */
  public static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate(authority));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
