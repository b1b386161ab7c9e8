package dev.starling.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * The token secret for development: drawn once, then read from {@code dev/auth.secret} in
 * Starling's folder, where the command line finds it too. Only its owner can read the file.
 */
public final class DevelopmentKeys {
  private static final int SECRET_BYTES = 32;

  private final Path file;

  /**
   * @param home Starling's folder, made where it doesn't exist
   */
  public DevelopmentKeys(Path home) {
    this.file = home.resolve("dev").resolve("auth.secret");
  }

  /** The folder that the environment names, else {@code .starling} in the working directory. */
  public static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("STARLING_HOME", ".starling"));
  }

  /**
   * The secret, the same at every call and in every process.
   *
   * @throws IOException when the file can be neither read nor made, or holds less than a secret
   */
  public String secret() throws IOException {
    if (!Files.exists(file)) {
      create();
    }
    String secret = Files.readString(file).strip();
    if (secret.length() < SECRET_BYTES) {
      throw new IOException(file + " is too short for a secret; remove it to have a new one made");
    }
    return secret;
  }

  /**
   * A link appears with its whole content or not at all, and of two processes only one makes it.
   */
  private void create() throws IOException {
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "auth",
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, draw() + "\n", StandardCharsets.US_ASCII);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      return;
    } finally {
      Files.delete(draft);
    }
  }

  private static String draw() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
