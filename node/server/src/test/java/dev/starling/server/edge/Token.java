package dev.starling.server.edge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A room token.
 *
 * @param expires in seconds since 1970
 * @param residency a JSON list of regions; empty for no such claim
 */
public record Token(
    String user, String room, String role, long expires, String secret, String residency) {
  public static final String SECRET = "a-secret-that-only-these-tests-know-of";
  private static final String ALGORITHM = "HmacSHA256";

  /** For every room, an hour long. */
  public static Token of(String user) {
    return new Token(user, "*", "member", inSeconds(3600), SECRET, "");
  }

  static long inSeconds(long seconds) {
    return Instant.now().getEpochSecond() + seconds;
  }

  public Token forRoom(String pattern) {
    return new Token(user, pattern, role, expires, secret, residency);
  }

  public Token withRole(String name) {
    return new Token(user, room, name, expires, secret, residency);
  }

  public Token expiringIn(long seconds) {
    return new Token(user, room, role, inSeconds(seconds), secret, residency);
  }

  Token signedWith(String key) {
    return new Token(user, room, role, expires, key, residency);
  }

  /** For rooms that are kept in some regions alone. */
  public Token keptIn(String... regions) {
    String list = "[\"" + String.join("\",\"", regions) + "\"]";
    return new Token(user, room, role, expires, secret, list);
  }

  /** An admin token for the rooms of a pattern. */
  public static String admin(String rooms) {
    return admin(rooms, 60, null);
  }

  /**
   * An admin token.
   *
   * @param seconds from now to its end
   * @param id its {@code jti}, or null
   */
  public static String admin(String rooms, long seconds, @Nullable String id) {
    String jti = id == null ? "" : ",\"jti\":\"" + id + "\"";
    String claims =
        "{\"sub\":\"app\",\"scope\":\"starling:admin\",\"room\":\""
            + rooms
            + "\",\"exp\":"
            + inSeconds(seconds)
            + jti
            + "}";
    return signed(claims, SECRET);
  }

  /** In its compact form. */
  public String text() {
    String claims =
        "{\"sub\":\""
            + user
            + "\",\"room\":\""
            + room
            + "\",\"role\":\""
            + role
            + "\",\"exp\":"
            + expires
            + (residency.isEmpty() ? "" : ",\"residency\":" + residency)
            + "}";
    return signed(claims, secret);
  }

  private static String signed(String claims, String secret) {
    String unsigned =
        base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return unsigned + "." + base64(mac.doFinal(unsigned.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
