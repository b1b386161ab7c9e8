package dev.starling.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The secret that room tokens are signed with: {@code STARLING_AUTH_SECRET} where it is set, else
 * the development key in {@code dev/auth.secret} of Starling's folder, which a node on loopback
 * uses too.
 */
public final class TokenSecret {
  /** The environment variable of the server's setting {@code auth.secret}. */
  public static final String VARIABLE = "STARLING_AUTH_SECRET";

  /** The least that HMAC SHA-256 takes (RFC 7518, section 3.2). */
  static final int LEAST_BYTES = 32;

  private TokenSecret() {}

  /**
   * The secret; drawn and written down where there is none yet.
   *
   * @throws CommandFailure when it can be neither read nor made, or is too short
   */
  public static String find(Map<String, String> environment) {
    String set = environment.getOrDefault(VARIABLE, "");
    if (!set.isEmpty()) {
      return checked(set, VARIABLE + " has less than 32 bytes");
    }
    Path file = StarlingHome.of(environment).resolve("auth.secret");
    try {
      SecretFile.createWhereAbsent(file, "");
      String secret = Files.readString(file).strip();
      return checked(secret, file + " is too short for a secret; remove it to have a new one made");
    } catch (IOException broken) {
      throw new CommandFailure("the development key " + file + " can't be used: " + broken);
    }
  }

  private static String checked(String secret, String complaint) {
    if (secret.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES) {
      throw new CommandFailure(complaint);
    }
    return secret;
  }
}
