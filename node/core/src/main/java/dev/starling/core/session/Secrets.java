package dev.starling.core.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One session's resume tokens: the session's id, a dot and 192 random bits. The last token that was
 * used is good until the newest was used, because any number of welcomes that carried newer ones
 * may have been lost. Not thread-safe.
 */
public final class Secrets {
  private static final int SECRET_BYTES = 24;

  private final String session;
  private final RandomGenerator random;
  private @Nullable String used;
  private @Nullable String newest;

  /**
   * @param random a cryptographically strong source, except in simulations
   */
  public Secrets(String session, RandomGenerator random) {
    this.session = session;
    this.random = random;
  }

  /** The session that a resume token names, or null where it isn't one. */
  public static @Nullable String sessionOf(String token) {
    int dot = token.lastIndexOf('.');
    return dot < 1 ? null : token.substring(0, dot);
  }

  /** A new token to be sent to the client. */
  String next() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    newest = session + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return newest;
  }

  /** Whether the client holds the newest token, whose use ends the one before, or that one. */
  boolean accepts(String token) {
    if (matches(token, newest)) {
      used = newest;
      return true;
    }
    return matches(token, used);
  }

  private static boolean matches(String presented, @Nullable String expected) {
    return expected != null
        && MessageDigest.isEqual(
            presented.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
