package dev.starling.server.auth;

import dev.starling.core.protocol.IceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes credentials that TURN servers with the same secret accept for a while
 * (draft-uberti-behave-turn-rest-00, section 2.2; coturn's {@code use-auth-secret}). Thread-safe.
 */
public final class TurnCredentials {
  private static final String ALGORITHM = "HmacSHA1";

  private final List<String> urls;
  private final SecretKeySpec key;
  private final Duration lifetime;
  private final InstantSource wallClock;

  /**
   * @param urls of the TURN servers
   * @param secret what they share with this server; not empty
   * @param lifetime how long the credentials are good for
   */
  public TurnCredentials(
      List<String> urls, byte[] secret, Duration lifetime, InstantSource wallClock) {
    this.urls = List.copyOf(urls);
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.lifetime = lifetime;
    this.wallClock = wallClock;
  }

  /** The TURN servers with credentials for a user. */
  public IceServer serverFor(String user) {
    long expiresSeconds = wallClock.instant().plus(lifetime).getEpochSecond();
    String username = expiresSeconds + ":" + user;
    return new IceServer(urls, username, Base64.getEncoder().encodeToString(sign(username)));
  }

  private byte[] sign(String username) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("every JDK has HMAC SHA-1", broken);
    }
  }
}
