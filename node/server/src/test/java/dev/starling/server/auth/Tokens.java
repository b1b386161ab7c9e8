package dev.starling.server.auth;

import dev.starling.core.protocol.Revocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Judges of tokens as tests need them: everything runs on the calling thread. */
public final class Tokens {
  static final long NOW_SECONDS = 1_800_000_000L;
  static final long NOW_NANOS = -42;
  static final ClaimRules ANY_PARTY = new ClaimRules(null, null, 5000);

  private Tokens() {}

  /** Takes tokens signed with one secret. */
  public static RoomTokens ofSecret(String secret) {
    return of(keys(List.of(secret(null, secret)), null), ANY_PARTY, Revocations.NONE);
  }

  static RoomTokens of(TokenKeys keys, ClaimRules rules, Revocations revocations) {
    return new RoomTokens(
        new TokenVerifier(keys, Runnable::run),
        rules,
        revocations,
        () -> Instant.ofEpochSecond(NOW_SECONDS),
        () -> NOW_NANOS);
  }

  static TokenKeys keys(List<SharedSecret> secrets, @Nullable Path file) {
    try {
      return TokenKeys.open(
          new TokenKeys.Config(secrets, file, null, 1000, 1000, 1000), () -> NOW_NANOS);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  static SharedSecret secret(@Nullable String id, String text) {
    return new SharedSecret(id, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What came of a client's token. */
  public static TokenVerdict verdict(RoomTokens tokens, String token) {
    CompletableFuture<TokenVerdict> verdict = new CompletableFuture<>();
    tokens.verify(token, verdict::complete);
    return verdict.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
