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
  @SuppressWarnings("try") // the lock is held, not used
  ServerCertificate certificateFor(String host) throws InterruptedException {
    try {
      createPrivately(folder);
      // Two commands that start at once must not make two authorities.
      try (FileChannel channel = openLock();
          FileLock lock = channel.lock()) {
        return lastingCertificateFor(host);
      }
    } catch (IOException | GeneralSecurityException broken) {
      throw new CommandFailure("development certificates in " + folder + " failed: " + broken);
    }
  }

  private ServerCertificate lastingCertificateFor(String host)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (!Files.exists(store) || !PemFiles.lasts(certificate, RENEWAL)) {
      makeAuthority();
    }
    String name = host.replaceAll("[^A-Za-z0-9.-]", "_");
    Path chain = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    X509Certificate authority = PemFiles.certificate(certificate);
    if (!Files.exists(key)
        || !PemFiles.lasts(chain, RENEWAL)
        || !PemFiles.isSignedBy(chain, authority)) {
      makeCertificate(host, chain, key);
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

  private void makeCertificate(String host, Path chain, Path key)
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
        "eku=serverAuth",
        "-ext",
        "san=" + names(host));
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
