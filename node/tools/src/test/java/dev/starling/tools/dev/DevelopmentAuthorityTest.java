package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.starling.tools.ca.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevelopmentAuthorityTest {
  /** Shared, since making certificates takes seconds. */
  @TempDir static Path home = Path.of("");

  @Test
  void clientsThatTrustTheAuthorityConnectAndOthersDoNot() throws Exception {
    ServerCertificate certificate = new DevelopmentAuthority(home).certificateFor("192.0.2.7");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(serving(certificate)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      URI url = URI.create("https://localhost:" + server.getAddress().getPort());
      HttpRequest request = HttpRequest.newBuilder(url).build();
      SSLContext trusting = PemFiles.trusting(certificate.authority());
      try (HttpClient friend = HttpClient.newBuilder().sslContext(trusting).build();
          HttpClient stranger = HttpClient.newHttpClient()) {
        assertEquals(204, friend.send(request, BodyHandlers.discarding()).statusCode());
        assertThrows(
            SSLHandshakeException.class, () -> stranger.send(request, BodyHandlers.discarding()));
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void certificateNamesTheHostAndLoopback() throws Exception {
    DevelopmentAuthority authority = new DevelopmentAuthority(home);
    assertEquals(
        "[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1], [7, 192.0.2.7]]",
        names(authority.certificateFor("192.0.2.7")));
    assertEquals(
        "[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1], [2, laptop.local]]",
        names(authority.certificateFor("laptop.local")));
  }

  @Test
  void certificateIsMadeOnceForAHostAndTheAuthorityOnceForAll() throws Exception {
    ServerCertificate first = new DevelopmentAuthority(home).certificateFor("127.0.0.1");
    byte[] chain = Files.readAllBytes(first.chain());
    byte[] authority = Files.readAllBytes(first.authority());
    assertEquals(first, new DevelopmentAuthority(home).certificateFor("127.0.0.1"));
    new DevelopmentAuthority(home).certificateFor("localhost");
    assertArrayEquals(chain, Files.readAllBytes(first.chain()));
    assertArrayEquals(authority, Files.readAllBytes(first.authority()));
  }

  @Test
  void certificateOfALostAuthorityIsReplaced(@TempDir Path own) throws Exception {
    ServerCertificate first = new DevelopmentAuthority(own).certificateFor("localhost");
    Files.delete(own.resolve("tls/ca.p12"));
    ServerCertificate second = new DevelopmentAuthority(own).certificateFor("localhost");
    assertTrue(PemFiles.isSignedBy(second.chain(), PemFiles.certificate(first.authority())));
  }

  @Test
  void onlyTheOwnerCanReadTheFolderAndNoDraftIsLeft() throws Exception {
    new DevelopmentAuthority(home).certificateFor("localhost");
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(home.resolve("tls")));
    try (Stream<Path> files = Files.list(home.resolve("tls"))) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("draft")));
    }
  }

  private static String names(ServerCertificate certificate)
      throws IOException, GeneralSecurityException {
    return PemFiles.certificate(certificate.chain()).getSubjectAlternativeNames().toString();
  }

  private static SSLContext serving(ServerCertificate certificate)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(certificate.key());
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    Certificate[] chain = {PemFiles.certificate(certificate.chain())};
    keys.setKeyEntry("node", key, new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
