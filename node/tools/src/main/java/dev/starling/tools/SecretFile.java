package dev.starling.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Files with secrets; only their owner can read them. */
public final class SecretFile {
  private static final int SECRET_BYTES = 32;

  private SecretFile() {}

  /**
   * Makes the file where there is none: a prefix, a secret, and the end of the line. A link appears
   * with its whole content or not at all, and of two processes only one makes it.
   */
  public static void createWhereAbsent(Path file, String prefix) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path draft = draft(file);
    try {
      Files.writeString(draft, prefix + draw() + "\n", StandardCharsets.US_ASCII);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      return;
    } finally {
      Files.delete(draft);
    }
  }

  /** Gives a file another content, whole or not at all. */
  public static void replace(Path file, String content) throws IOException {
    Path draft = draft(file);
    Files.writeString(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path draft(Path file) throws IOException {
    return Files.createTempFile(
        file.toAbsolutePath().getParent(),
        "secret",
        ".draft",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** A secret of {@value #SECRET_BYTES} random bytes, as text without padding. */
  public static String draw() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
