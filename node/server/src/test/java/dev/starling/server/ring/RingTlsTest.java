package dev.starling.server.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class RingTlsTest {
  private final Pki first = Pki.named("first authority");
  private final Pki second = Pki.named("second authority");
  private final X509Bundle a = first.issue("a");
  private final X509Bundle b = first.issue("b");

  RingTlsTest() throws Exception {}

  private static void assertRefused(RingTls server, RingTls client) {
    assertThrows(CompletionException.class, () -> Handshake.between(server, client));
  }

  @Test
  void nodesOfOneAuthorityKnowEachOther() throws Exception {
    RingTls server = new RingTls(Pki.credentials(a, first));
    RingTls client = new RingTls(Pki.credentials(b, first));
    assertEquals(
        new Handshake(a.getCertificate(), b.getCertificate()), Handshake.between(server, client));
  }

  @Test
  void authorityIsChangedWithoutAGap() throws Exception {
    RingTls server = new RingTls(Pki.credentials(a, first));
    RingTls client = new RingTls(Pki.credentials(b, first));
    Handshake.between(server, client);
    server.use(Pki.credentials(a, first, second));
    Handshake.between(server, client);
    client.use(Pki.credentials(b, first, second));
    X509Bundle next = second.issue("a");
    server.use(Pki.credentials(next, first, second));
    assertEquals(next.getCertificate(), Handshake.between(server, client).server());
    X509Bundle others = second.issue("b");
    client.use(Pki.credentials(others, second));
    server.use(Pki.credentials(next, second));
    assertEquals(
        new Handshake(next.getCertificate(), others.getCertificate()),
        Handshake.between(server, client));
  }

  @Test
  void whoIsTrustedNoMoreDoesNotComeBackByAnEarlierSession() throws Exception {
    RingTls server = new RingTls(Pki.credentials(a, first));
    RingTls client = new RingTls(Pki.credentials(b, first, second));
    Handshake.between(server, client);
    server.use(Pki.credentials(second.issue("a"), second));
    assertRefused(server, client);
    server.use(Pki.credentials(second.issue("a"), first, second));
    client.use(Pki.credentials(b, first));
    assertRefused(server, client);
  }

  @Test
  void certificateThatHasEndedIsRefusedOnBothSides() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    RingTls ended = new RingTls(Pki.credentials(first.issue(yesterday, "127.0.0.1", "a"), first));
    RingTls other = new RingTls(Pki.credentials(b, first));
    assertRefused(ended, other);
    assertRefused(other, ended);
  }

  @Test
  void serverWithACertificateForAnotherAddressIsRefused() throws Exception {
    Instant later = Instant.now().plus(Duration.ofDays(90));
    RingTls elsewhere = new RingTls(Pki.credentials(first.issue(later, "192.0.2.1", "a"), first));
    RingTls other = new RingTls(Pki.credentials(b, first));
    assertRefused(elsewhere, other);
    Handshake.between(other, elsewhere);
  }
}
