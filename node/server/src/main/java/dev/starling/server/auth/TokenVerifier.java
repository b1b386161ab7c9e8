package dev.starling.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.starling.core.protocol.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the signatures of tokens (JWS, RFC 7515). HMAC is checked on the calling thread, a matter
 * of microseconds. Public-key signatures take up to a hundred times as long: they are checked by
 * the executor, and remembered, so that a token that comes back after a lost connection is known at
 * once. What is remembered holds only as long as no key has changed. Thread-safe; blocks nobody.
 */
public final class TokenVerifier {
  private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);

  private static final int REMEMBERED_TOKENS = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

  /** How many tokens may wait for keys to be read; each is at most a few KiB. */
  private static final int MAX_WAITING = 1024;

  private static final String NO_KEY = "the token's algorithm or key id fits no key of this node";
  private static final String TOO_MANY = "too many tokens wait to be checked";

  private final TokenKeys keys;
  private final Executor executor;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Cache<ByteBuffer, Remembered> remembered =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_TOKENS)
          .expireAfterWrite(REMEMBERED_FOR)
          .executor(Runnable::run)
          .build();

  private record Remembered(Map<String, Object> claims, KeyRing ring) {}

  /** Takes what came of a token; called once. */
  interface Continuation {
    void verified(Map<String, Object> claims);

    void refused(TokenRefusal refusal);
  }

  /**
   * @param executor checks public-key signatures; may reject what is too much
   */
  public TokenVerifier(TokenKeys keys, Executor executor) {
    this.keys = keys;
    this.executor = executor;
  }

  /** Checks a token's form and signature; throws for no input. */
  void verify(String text, Continuation then) {
    Map<String, Object> claims;
    try {
      SignedToken token = SignedToken.parse(text);
      KeyRing ring = keys.ring();
      List<VerificationKey> candidates = ring.candidates(token.header());
      if (token.costly() && (!candidates.isEmpty() || keys.refreshable())) {
        recallOrCheck(token, ring, then);
        return;
      }
      claims = check(token, candidates);
    } catch (TokenRefusal refusal) {
      then.refused(refusal);
      return;
    }
    then.verified(claims);
  }

  private void recallOrCheck(SignedToken token, KeyRing ring, Continuation then)
      throws TokenRefusal {
    ByteBuffer digest = digest(token.text());
    Remembered known = remembered.getIfPresent(digest);
    if (known != null && known.ring().equals(ring)) {
      then.verified(known.claims());
      return;
    }
    try {
      executor.execute(() -> checkCostly(token, digest, true, then));
    } catch (RejectedExecutionException full) {
      throw new TokenRefusal(Code.OVERLOADED, TOO_MANY);
    }
  }

  private void checkCostly(
      SignedToken token, ByteBuffer digest, boolean mayRefresh, Continuation then) {
    Map<String, Object> claims;
    try {
      KeyRing ring = keys.ring();
      List<VerificationKey> candidates = ring.candidates(token.header());
      if (candidates.isEmpty() && keys.refreshable()) {
        if (mayRefresh) {
          awaitKeys(token, digest, then);
          return;
        }
        if (!ring.complete()) {
          throw new TokenRefusal(Code.BUSY, "the token's keys couldn't be read yet");
        }
      }
      claims = check(token, candidates);
      remembered.put(digest, new Remembered(claims, ring));
    } catch (TokenRefusal refusal) {
      then.refused(refusal);
      return;
    } catch (RuntimeException fault) {
      log.error("a token couldn't be checked; this is a fault of the server", fault);
      then.refused(new TokenRefusal(Code.INTERNAL, "a fault of the server"));
      return;
    }
    then.verified(claims);
  }

  private void awaitKeys(SignedToken token, ByteBuffer digest, Continuation then)
      throws TokenRefusal {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      throw new TokenRefusal(Code.OVERLOADED, TOO_MANY);
    }
    keys.refresh()
        .thenRun(() -> {
          waiting.decrementAndGet();
          try {
            executor.execute(() -> checkCostly(token, digest, false, then));
          } catch (RejectedExecutionException full) {
            then.refused(new TokenRefusal(Code.OVERLOADED, TOO_MANY));
          }
        });
  }

  private static Map<String, Object> check(SignedToken token, List<VerificationKey> candidates)
      throws TokenRefusal {
    if (candidates.isEmpty()) {
      throw TokenRefusal.because(NO_KEY);
    }
    return token.claims(candidates);
  }

  /** Tokens are remembered by their digest, so that no copy of them lies about. */
  private static ByteBuffer digest(String token) {
    try {
      byte[] text = token.getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
