package dev.starling.server.ring.seal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a key ring from a file: one {@code NAME=SECRET} a line, the sealing one first. */
public final class KeyFile {
  private static final int MAX_BYTES = 16 * 1024;

  private KeyFile() {}

  /**
   * Reads the file.
   *
   * @throws IOException where it can't be used; the message says why, and no secret
   */
  public static KeyRing read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return parse(file, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static KeyRing parse(Path file, String text) throws IOException {
    List<SealKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String entry = line.strip();
      int equals = entry.indexOf('=');
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      byte[] secret = entry.substring(equals + 1).getBytes(StandardCharsets.UTF_8);
      if (equals < 1 || secret.length < SealKey.LEAST_SECRET) {
        throw new IOException(
            file + ":" + number + " is not NAME=SECRET with at least 32 bytes of secret");
      }
      keys.add(SealKey.of(entry.substring(0, equals), secret));
    }
    try {
      return new KeyRing(keys);
    } catch (IllegalArgumentException unfit) {
      throw new IOException(file + ": " + unfit.getMessage(), unfit);
    }
  }
}
