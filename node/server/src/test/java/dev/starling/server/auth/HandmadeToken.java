package dev.starling.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens put together by hand, so that any text can stand anywhere in them. */
record HandmadeToken(String header, String payload) {
  static final String SECRET = "correct-horse-battery-staple-0123";
  private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  /** A token as it should be, but for its payload. */
  static String of(String payload) {
    return new HandmadeToken(HS256, payload).signed("HmacSHA256", SECRET);
  }

  String signed(String algorithm, String secret) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      byte[] signature = mac.doFinal(unsigned().getBytes(StandardCharsets.UTF_8));
      return unsigned() + "." + encode(signature);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  String unsigned() {
    return text(header) + "." + text(payload);
  }

  static String text(String content) {
    return encode(content.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(byte[] content) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }
}
