package dev.starling.core.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One session's resume tokens: the session's id, a dot and 192 random bits. The previous token is
 * good until the newest was used, because the welcome that carried the newest may have been lost.
 * Not thread-safe.
 */
public final class Secrets {
  private static final int SECRET_BYTES = 24;

  private final String session;
  private final RandomGenerator random;
  private @Nullable String previous;
  private @Nullable String current;

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
    previous = current;
    current = session + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return current;
  }

  /** Whether the client holds one of the last two tokens; using the newest ends the one before. */
  boolean accepts(String token) {
    if (matches(token, current)) {
      previous = null;
      return true;
    }
    return matches(token, previous);
  }

  private static boolean matches(String presented, @Nullable String expected) {
    return expected != null
        && MessageDigest.isEqual(
            presented.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
