package dev.starling.server.ring;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An authority and what it issues. */
public record Pki(X509Bundle authority) {
  static final Duration YEAR = Duration.ofDays(365);

  public static Pki named(String name) throws Exception {
    return new Pki(
        new CertificateBuilder()
            .ecp256()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .notBefore(Instant.now().minus(YEAR))
            .notAfter(Instant.now().plus(YEAR))
            .buildSelfSigned());
  }

  /** A certificate for some names at 127.0.0.1. */
  public X509Bundle issue(String... names) throws Exception {
    return issue(Instant.now().plus(Duration.ofDays(90)), "127.0.0.1", names);
  }

  public X509Bundle issue(Instant end, String address, String... names) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=" + names[0])
            .addSanIpAddress(address)
            .notBefore(Instant.now().minus(Duration.ofDays(90)))
            .notAfter(end);
    for (String name : names) {
      builder.addSanDnsName(name);
    }
    return builder.buildIssuedBy(authority);
  }

  /** What a node with a certificate holds that trusts some authorities. */
  static Credentials credentials(X509Bundle own, Pki... trusted) {
    return new Credentials(
        List.of(own.getCertificatePath()),
        own.getKeyPair().getPrivate(),
        List.of(trusted).stream().map(pki -> pki.authority().getCertificate()).toList());
  }

  /** The same as files; those that are there are replaced. */
  public static RingConfig.Certificates write(Path folder, X509Bundle own, Pki... trusted)
      throws IOException {
    StringBuilder authorities = new StringBuilder();
    for (Pki pki : trusted) {
      authorities.append(pki.authority().getCertificatePEM()).append('\n');
    }
    RingConfig.Certificates files =
        new RingConfig.Certificates(
            folder.resolve("node.pem"), folder.resolve("node.key"), folder.resolve("ca.pem"));
    Files.createDirectories(folder);
    replace(files.authority(), authorities.toString());
    replace(files.certificate(), own.getCertificatePEM());
    replace(files.key(), own.getPrivateKeyPEM());
    return files;
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
