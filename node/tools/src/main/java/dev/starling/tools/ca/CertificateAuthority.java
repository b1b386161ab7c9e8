package dev.starling.tools.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate authority in a folder that only its owner can read: its key in {@code ca.p12}, its
 * certificate in {@code ca.pem}. Keys are of the curve P-256, signatures ECDSA with SHA-256. Files
 * are replaced whole. One process at a time.
 */
public final class CertificateAuthority {
  /**
   * Key stores have to have a password; without one of its owner, what protects an authority is
   * that only they can read its folder.
   */
  public static final String NO_PASSWORD = "development";

  private static final String ALIAS = "ca";
  private static final List<String> KEY_PAIR =
      List.of(
          "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA");

  private final Path folder;
  private final String password;

  /**
   * @param folder made with the authority
   * @param password of its key, at least six characters
   */
  public CertificateAuthority(Path folder, String password) {
    this.folder = folder;
    this.password = password;
  }

  /**
   * Whom a certificate is for.
   *
   * @param commonName for people to read
   * @param names what others reach it by, and nodes call it
   * @param uses in keytool's form: {@code serverAuth,clientAuth}
   * @param days how long it is good for
   */
  public record Subject(String commonName, SubjectNames names, String uses, int days) {}

  /** Makes the folder, for its owner only. */
  public void makeFolder() throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(store());
  }

  /** Its certificate. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  private Path store() {
    return folder.resolve("ca.p12");
  }

  /** Makes it; one that was there is gone. */
  public void make(String commonName, int days) throws IOException, InterruptedException {
    Path drafts = drafts(folder);
    Path draft = drafts.resolve("ca.p12");
    Keytool keytool = new Keytool(drafts, password);
    keytool.run(
        draft,
        ALIAS,
        pair(
            "-dname",
            "CN=" + commonName,
            "-validity",
            Integer.toString(days),
            "-ext",
            "bc:c=ca:true,pathlen:0",
            "-ext",
            "ku:c=keyCertSign,cRLSign"));
    keytool.run(draft, ALIAS, "-exportcert", "-rfc", "-file", "ca.pem");
    publish(drafts.resolve("ca.pem"), certificate());
    publish(draft, store());
    discard(drafts);
  }

  /**
   * Issues a certificate with a new key.
   *
   * @param into the folder of the certificate {@code NAME.pem} and its key {@code NAME.key}, which
   *     only its owner can read
   */
  public void issue(Subject subject, Path into, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path drafts = drafts(into);
    Path keys = drafts.resolve("node.p12");
    Keytool keytool = new Keytool(drafts, password);
    keytool.run(keys, "node", pair("-dname", "CN=" + subject.commonName()));
    keytool.run(keys, "node", "-certreq", "-file", "node.csr");
    keytool.run(
        store(),
        ALIAS,
        "-gencert",
        "-rfc",
        "-infile",
        "node.csr",
        "-outfile",
        "node.pem",
        "-validity",
        Integer.toString(subject.days()),
        "-sigalg",
        "SHA256withECDSA",
        "-ext",
        "bc:c=ca:false",
        "-ext",
        "ku:c=digitalSignature",
        "-ext",
        "eku=" + subject.uses(),
        "-ext",
        "san=" + subject.names().forKeytool());
    PemFiles.writeKey(keys, password, "node", drafts.resolve("node.key"));
    publish(drafts.resolve("node.key"), into.resolve(name + ".key"));
    publish(drafts.resolve("node.pem"), into.resolve(name + ".pem"));
    discard(drafts);
  }

  private static String[] pair(String... more) {
    return Stream.concat(KEY_PAIR.stream(), Stream.of(more)).toArray(String[]::new);
  }

  /** On the disk of what is made, so that it appears whole. */
  private static Path drafts(Path beside) throws IOException {
    return Files.createTempDirectory(beside, "draft");
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
