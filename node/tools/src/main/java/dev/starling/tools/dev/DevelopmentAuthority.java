package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.ca.CertificateAuthority;
import dev.starling.tools.ca.CertificateAuthority.Subject;
import dev.starling.tools.ca.PemFiles;
import dev.starling.tools.ca.SubjectNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority for development: made at first use, kept in a folder that only its owner
 * can read, and trusted by nobody who wasn't told to.
 */
final class DevelopmentAuthority {
  private static final int AUTHORITY_DAYS = 825;
  private static final int CERTIFICATE_DAYS = 90;

  /** Before nodes begin to tell of a certificate's end. */
  private static final Duration RENEWAL = Duration.ofDays(31);

  private final Path folder;
  private final CertificateAuthority authority;

  /**
   * @param home the folder of development state
   */
  DevelopmentAuthority(Path home) {
    this.folder = home.resolve("tls");
    this.authority = new CertificateAuthority(folder, CertificateAuthority.NO_PASSWORD);
  }

  /**
   * A certificate for a host and for this machine's loopback names, made where there is none that
   * lasts.
   *
   * @throws CommandFailure when it can't be made
   */
  ServerCertificate certificateFor(String host) throws InterruptedException {
    String name = host.replaceAll("[^A-Za-z0-9.-]", "_");
    return certificateFor(name, loopbackAnd(List.of(host)), "serverAuth");
  }

  /**
   * A certificate by which nodes of these names know each other on loopback, made where there is
   * none that lasts.
   *
   * @param name of its files
   * @throws CommandFailure when it can't be made
   */
  ServerCertificate nodeCertificate(String name, List<String> nodes) throws InterruptedException {
    return certificateFor(name, loopbackAnd(nodes), "serverAuth,clientAuth");
  }

  @SuppressWarnings("try") // the lock is held, not used
  private ServerCertificate certificateFor(String files, SubjectNames names, String uses)
      throws InterruptedException {
    try {
      authority.makeFolder();
      // Two commands that start at once must not make two authorities.
      try (FileChannel channel = openLock();
          FileLock lock = channel.lock()) {
        return lastingCertificateFor(
            files, new Subject("Starling development node", names, uses, CERTIFICATE_DAYS));
      }
    } catch (IOException | GeneralSecurityException broken) {
      throw new CommandFailure("development certificates in " + folder + " failed: " + broken);
    }
  }

  private ServerCertificate lastingCertificateFor(String files, Subject subject)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path signer = authority.certificate();
    if (!authority.exists() || !PemFiles.lasts(signer, RENEWAL)) {
      authority.make("Starling development CA", AUTHORITY_DAYS);
    }
    Path chain = folder.resolve(files + ".pem");
    Path key = folder.resolve(files + ".key");
    if (!Files.exists(key)
        || !PemFiles.lasts(chain, RENEWAL)
        || !PemFiles.isSignedBy(chain, PemFiles.certificate(signer))) {
      authority.issue(subject, folder, files);
    }
    return new ServerCertificate(chain, key, signer);
  }

  private static SubjectNames loopbackAnd(List<String> others) {
    List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
    others.stream().filter(other -> !names.contains(other)).forEach(names::add);
    return new SubjectNames(names);
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
