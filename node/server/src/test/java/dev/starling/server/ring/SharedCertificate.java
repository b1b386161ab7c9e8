package dev.starling.server.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for several names and 127.0.0.1 that is its own authority, made by keytool. */
public final class SharedCertificate {
  private static final String PASSWORD = "changeit";

  private SharedCertificate() {}

  /** Makes it in a folder of its own. */
  public static RingConfig.Certificates in(Path folder, String names)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(folder);
    Path store = folder.resolve("ring.p12");
    generate(store, names);
    char[] password = PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    Path certificate = folder.resolve("ring.pem");
    Path key = folder.resolve("ring.key");
    pem(certificate, "CERTIFICATE", keys.getCertificate("ring").getEncoded());
    pem(key, "PRIVATE KEY", keys.getKey("ring", password).getEncoded());
    return new RingConfig.Certificates(certificate, key, certificate);
  }

  private static void generate(Path store, String names) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String command =
        keytool
            + " -genkeypair -storetype PKCS12 -alias ring -keyalg EC -groupname secp256r1"
            + " -dname CN=ring -storepass "
            + PASSWORD
            + " -ext san=ip:127.0.0.1,"
            + names
            + " -keystore";
    var arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.add(store.toString());
    Process process = new ProcessBuilder(arguments).inheritIO().start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private static void pem(Path file, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }
}
