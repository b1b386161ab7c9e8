package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority for development: made at first use, kept in a folder that only its owner
 * can read, and trusted by nobody who wasn't told to.
 */
final class DevelopmentAuthority {
  private static final String[] AUTHORITY = {
    "-genkeypair",
    "-keyalg",
    "EC",
    "-groupname",
    "secp256r1",
    "-sigalg",
    "SHA256withECDSA",
    "-dname",
    "CN=Starling development CA",
    "-validity",
    "825",
    "-ext",
    "bc:c=ca:true,pathlen:0",
    "-ext",
    "ku:c=keyCertSign,cRLSign"
  };
  private static final String[] KEY_PAIR = {
    "-genkeypair",
    "-keyalg",
    "EC",
    "-groupname",
    "secp256r1",
    "-sigalg",
    "SHA256withECDSA",
    "-dname",
    "CN=Starling development node"
  };
  private static final Duration RENEWAL = Duration.ofDays(7);

  private final Path folder;
  private final Path store;
  private final Path certificate;

  /**
   * @param home the folder of development state
   */
  DevelopmentAuthority(Path home) {
    this.folder = home.resolve("tls");
    this.store = folder.resolve("ca.p12");
    this.certificate = folder.resolve("ca.pem");
  }

  /**
   * A certificate for a host and for this machine's loopback names, made where there is none that
   * lasts.
   *
   * @throws CommandFailure when it can't be made
   */
  ServerCertificate certificateFor(String host) throws InterruptedException {
    String name = host.replaceAll("[^A-Za-z0-9.-]", "_");
    return certificateFor(new Subject(name, names(host), "serverAuth"));
  }

  /**
   * A certificate by which nodes of these names know each other on loopback, made where there is
   * none that lasts.
   *
   * @param name of its files
   * @throws CommandFailure when it can't be made
   */
  ServerCertificate nodeCertificate(String name, List<String> nodes) throws InterruptedException {
    String names = names("localhost") + ",dns:" + String.join(",dns:", nodes);
    return certificateFor(new Subject(name, names, "serverAuth,clientAuth"));
  }

  /**
   * Whom a certificate is for.
   *
   * @param name of its files
   * @param names in keytool's form
   * @param uses in keytool's form
   */
  private record Subject(String name, String names, String uses) {}

  @SuppressWarnings("try") // the lock is held, not used
  private ServerCertificate certificateFor(Subject subject) throws InterruptedException {
    try {
      createPrivately(folder);
      // Two commands that start at once must not make two authorities.
      try (FileChannel channel = openLock();
          FileLock lock = channel.lock()) {
        return lastingCertificateFor(subject);
      }
    } catch (IOException | GeneralSecurityException broken) {
      throw new CommandFailure("development certificates in " + folder + " failed: " + broken);
    }
  }

  private ServerCertificate lastingCertificateFor(Subject subject)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (!Files.exists(store) || !PemFiles.lasts(certificate, RENEWAL)) {
      makeAuthority();
    }
    Path chain = folder.resolve(subject.name() + ".pem");
    Path key = folder.resolve(subject.name() + ".key");
    X509Certificate authority = PemFiles.certificate(certificate);
    if (!Files.exists(key)
        || !PemFiles.lasts(chain, RENEWAL)
        || !PemFiles.isSignedBy(chain, authority)) {
      makeCertificate(subject, chain, key);
    }
    return new ServerCertificate(chain, key, certificate);
  }

  private void makeAuthority() throws IOException, InterruptedException {
    Path drafts = drafts();
    Path draft = drafts.resolve("ca.p12");
    Keytool keytool = new Keytool(drafts);
    keytool.run(draft, "ca", AUTHORITY);
    keytool.run(draft, "ca", "-exportcert", "-rfc", "-file", "ca.pem");
    publish(drafts.resolve("ca.pem"), certificate);
    publish(draft, store);
    discard(drafts);
  }

  private void makeCertificate(Subject subject, Path chain, Path key)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path drafts = drafts();
    Path keys = drafts.resolve("node.p12");
    Keytool keytool = new Keytool(drafts);
    keytool.run(keys, "node", KEY_PAIR);
    keytool.run(keys, "node", "-certreq", "-file", "node.csr");
    keytool.run(
        store,
        "ca",
        "-gencert",
        "-rfc",
        "-infile",
        "node.csr",
        "-outfile",
        "node.pem",
        "-validity",
        "90",
        "-sigalg",
        "SHA256withECDSA",
        "-ext",
        "bc:c=ca:false",
        "-ext",
        "ku:c=digitalSignature",
        "-ext",
        "eku=" + subject.uses(),
        "-ext",
        "san=" + subject.names());
    PemFiles.writeKey(keys, "node", drafts.resolve("node.key"));
    publish(drafts.resolve("node.key"), key);
    publish(drafts.resolve("node.pem"), chain);
    discard(drafts);
  }

  private static String names(String host) {
    String loopback = "dns:localhost,ip:127.0.0.1,ip:::1";
    if (host.equals("localhost")) {
      return loopback;
    }
    try {
      return loopback + ",ip:" + InetAddress.ofLiteral(host).getHostAddress();
    } catch (IllegalArgumentException aName) {
      return loopback + ",dns:" + host;
    }
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Path drafts() throws IOException {
    return Files.createTempDirectory(folder, "draft");
  }

  private static void createPrivately(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void publish(Path draft, Path target) throws IOException {
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void discard(Path drafts) throws IOException {
    try (Stream<Path> left = Files.list(drafts)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(drafts);
  }
}
