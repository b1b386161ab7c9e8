package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateWatchTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder = Path.of("");
  private final Pki first = Pki.named("first authority");
  private final Pki second = Pki.named("second authority");
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;

  CertificateWatchTest() throws Exception {}

  private static void awaitShown(CertificateWatch watch, Certificate wanted, RingTls peer) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(wanted, Handshake.between(watch.tls(), peer).server()));
  }

  @Test
  void filesAreTakenWhenTheyAreReplaced() throws Exception {
    RingTls peer = new RingTls(Pki.credentials(first.issue("peer"), first, second));
    X509Bundle before = first.issue("node");
    X509Bundle after = second.issue("node");
    try (CertificateWatch watch = new CertificateWatch(Pki.write(folder, before, first), clock)) {
      assertEquals(before.getCertificate(), Handshake.between(watch.tls(), peer).server());
      Pki.write(folder, after, first, second);
      awaitShown(watch, after.getCertificate(), peer);
      assertEquals(List.of(), watch.complaints());
    }
  }

  @Test
  void filesThatDoNotFitTogetherChangeNothingAndAreToldOf() throws Exception {
    RingTls peer = new RingTls(Pki.credentials(first.issue("peer"), first, second));
    X509Bundle before = first.issue("node");
    RingConfig.Certificates files = Pki.write(folder, before, first);
    try (CertificateWatch watch = new CertificateWatch(files, clock)) {
      Files.writeString(files.key(), second.issue("node").getPrivateKeyPEM());
      List<String> complaint = List.of("changed certificate files can't be used");
      await().atMost(PATIENCE).until(() -> watch.complaints().equals(complaint));
      assertEquals(before.getCertificate(), Handshake.between(watch.tls(), peer).server());
      X509Bundle after = first.issue("node");
      Pki.write(folder, after, first);
      awaitShown(watch, after.getCertificate(), peer);
      assertEquals(List.of(), watch.complaints());
    }
  }

  @Test
  void endIsToldInTime() throws Exception {
    Instant end = Instant.now().plus(Duration.ofDays(90));
    X509Bundle own = first.issue(end, "127.0.0.1", "node");
    try (CertificateWatch watch = new CertificateWatch(Pki.write(folder, own, first), clock)) {
      assertEquals(List.of(), toldBefore(watch, end, Duration.ofDays(15)));
      assertEquals(
          List.of("certificate ends in 7 days"), toldBefore(watch, end, Duration.ofHours(180)));
      assertEquals(
          List.of("certificate ends in 30 hours"), toldBefore(watch, end, Duration.ofHours(31)));
      assertEquals(
          List.of("certificate ends in 59 minutes"), toldBefore(watch, end, Duration.ofHours(1)));
      assertEquals(List.of("certificate has ended"), toldBefore(watch, end, Duration.ZERO));
      assertEquals(
          List.of("certificate has ended", "authority ends in 29 days"),
          toldBefore(watch, Instant.now().plus(Pki.YEAR), Duration.ofDays(30)));
    }
  }

  @Test
  void shortLivedCertificateIsToldOfInTheLastQuarterOfItsLife() throws Exception {
    Instant end = Instant.now().minus(Duration.ofDays(90)).plus(Duration.ofHours(24));
    X509Bundle own = first.issue(end, "127.0.0.1", "node");
    try (CertificateWatch watch = new CertificateWatch(Pki.write(folder, own, first), clock)) {
      assertEquals(List.of(), toldBefore(watch, end, Duration.ofHours(7)));
      assertEquals(
          List.of("certificate ends in 5 hours"), toldBefore(watch, end, Duration.ofMinutes(350)));
    }
  }

  /** Half a minute later than asked: certificates know no parts of a second. */
  private List<String> toldBefore(CertificateWatch watch, Instant end, Duration left) {
    now.set(end.minus(left).plusSeconds(30));
    return watch.complaints();
  }

  @Test
  void nodeDoesNotStartWithFilesThatDoNotFitTogether() throws Exception {
    RingConfig.Certificates files = Pki.write(folder, first.issue("node"), second);
    assertRefused(files, "is from none of the authorities in");
    Pki.write(folder, first.issue("node"), first);
    Files.writeString(files.key(), first.issue("node").getPrivateKeyPEM());
    assertRefused(files, "is not the key of");
    Files.writeString(files.key(), "no key");
    assertRefused(files, "is no PEM file with a private key");
    Files.delete(files.authority());
    assertRefused(files, "ca.pem can't be read");
    Files.writeString(files.certificate(), "no certificate");
    assertRefused(files, "node.pem");
  }

  private void assertRefused(RingConfig.Certificates files, String why) {
    IOException refused =
        assertThrows(IOException.class, () -> new CertificateWatch(files, clock).close());
    assertTrue(refused.toString().contains(why), refused::toString);
    assertTrue(refused.toString().contains("IOException: cluster."), refused::toString);
  }
}
