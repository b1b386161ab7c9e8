package dev.starling.tools.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaCommandTest {
  private static final Map<String, String> PASSWORD =
      Map.of("STARLING_CA_PASSWORD", "a good password");

  /** Shared, since making certificates takes seconds. */
  @TempDir static Path folder = Path.of("");

  private static Path authority = Path.of("");

  @BeforeAll
  static void make() {
    authority = folder.resolve("ca");
    CommandRun made =
        CommandRun.of(
            PASSWORD, "ca", "init", "--folder=" + authority, "--name=Flock CA", "--days=365");
    assertEquals("", made.err());
    assertEquals(authority.resolve("ca.pem").toString(), made.out().strip());
  }

  private static CommandRun issue(String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("ca", "issue", "--folder=" + authority, "--out=" + folder),
                Stream.of(more))
            .toList();
    return CommandRun.of(PASSWORD, arguments.toArray(String[]::new));
  }

  @Test
  void certificateIsForTheNodeItsAddressesAndBothSidesOfAConnection() throws Exception {
    CommandRun issued = issue("west-1", "--host=10.0.0.7", "--host=west-1.example.org");
    assertEquals("", issued.err());
    assertTrue(
        issued.out().startsWith("cluster.certificate = \"" + folder.resolve("west-1.pem")),
        issued.out());
    X509Certificate certificate = PemFiles.certificate(folder.resolve("west-1.pem"));
    assertEquals(
        "[[2, west-1], [7, 10.0.0.7], [2, west-1.example.org]]",
        certificate.getSubjectAlternativeNames().toString());
    assertEquals(
        List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
    assertEquals(-1, certificate.getBasicConstraints());
    assertEquals(
        Duration.ofDays(90),
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    assertTrue(
        PemFiles.isSignedBy(
            folder.resolve("west-1.pem"), PemFiles.certificate(authority.resolve("ca.pem"))));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("west-1.key")));
  }

  @Test
  void renewalReplacesCertificateAndKey() throws Exception {
    issue("renewed", "--host=10.0.0.8");
    String key = Files.readString(folder.resolve("renewed.key"));
    X509Certificate before = PemFiles.certificate(folder.resolve("renewed.pem"));
    assertEquals(0, issue("renewed", "--host=10.0.0.8").status());
    assertNotEquals(key, Files.readString(folder.resolve("renewed.key")));
    assertNotEquals(before, PemFiles.certificate(folder.resolve("renewed.pem")));
  }

  @Test
  void showNamesWhatIsThereAndWhenItEnds() {
    CommandRun shown =
        CommandRun.of(Map.of(), "ca", "show", authority.resolve("ca.pem").toString());
    assertEquals("", shown.err());
    assertTrue(shown.out().contains("CN=Flock CA"), shown.out());
    assertEquals(1, CommandRun.of(Map.of(), "ca", "show", "absent.pem").status());
  }

  @Test
  void authorityIsNotReplaced() throws Exception {
    byte[] before = Files.readAllBytes(authority.resolve("ca.p12"));
    CommandRun again = CommandRun.of(PASSWORD, "ca", "init", "--folder=" + authority);
    assertEquals(1, again.status());
    assertTrue(again.err().contains("another folder"), again.err());
    assertEquals(
        List.of(before.length), List.of(Files.readAllBytes(authority.resolve("ca.p12")).length));
    assertEquals(
        PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(authority));
  }

  @Test
  void nothingIsIssuedWithoutThePassword() {
    CommandRun refused =
        CommandRun.of(
            Map.of(),
            "ca",
            "issue",
            "--folder=" + authority,
            "--out=" + folder,
            "stranger",
            "--host=10.0.0.9");
    assertEquals(1, refused.status());
    assertFalse(Files.exists(folder.resolve("stranger.pem")));
    assertFalse(refused.err().contains("at dev.starling"), refused.err());
  }

  @Test
  void namesThatAreNoneAreRefused() {
    assertEquals(2, issue("north", "--host=a,ca:true").status());
    assertEquals(2, issue("North", "--host=10.0.0.9").status());
    assertEquals(2, issue("north").status());
    assertEquals(2, issue("north", "--host=10.0.0.9", "--days=0").status());
  }

  @Test
  void certificateDoesNotOutliveItsAuthority() {
    CommandRun refused = issue("late", "--host=10.0.0.9", "--days=800");
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("fewer --days"), refused.err());
  }
}
