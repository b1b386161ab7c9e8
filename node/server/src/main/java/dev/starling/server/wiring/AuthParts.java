package dev.starling.server.wiring;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.server.auth.ApiKeys;
import dev.starling.server.auth.Authenticator;
import dev.starling.server.auth.ClaimRules;
import dev.starling.server.auth.DevelopmentKeys;
import dev.starling.server.auth.RevocationFile;
import dev.starling.server.auth.RevocationList;
import dev.starling.server.auth.RoomTokens;
import dev.starling.server.auth.SharedSecret;
import dev.starling.server.auth.TokenKeys;
import dev.starling.server.auth.TokenVerdict;
import dev.starling.server.auth.TokenVerifier;
import dev.starling.server.config.NamedSecret;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.host.NodeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What decides about clients and application servers, from its start to its end. */
final class AuthParts implements AutoCloseable {
  /** Waiting tokens are a few KiB each; those of a whole crowd that comes back fit. */
  private static final int WAITING_TOKENS = 8192;

  private final TokenKeys keys;
  private final ThreadPoolExecutor checkers;
  private final RevocationList revocations = new RevocationList(InstantSource.system());
  private final Authenticator authenticator;
  private final RoomTokens tokens;
  private final ApiKeys apiKeys;
  private @Nullable RevocationFile revocationFile;

  private AuthParts(NodeSettings settings, TokenKeys keys, NodeClock clock) {
    this.keys = keys;
    this.checkers = newCheckers();
    NodeSettings.Auth auth = settings.auth();
    ClaimRules rules =
        new ClaimRules(
            auth.issuer(), auth.audience(), TimeUnit.SECONDS.toMillis(auth.leewaySeconds()));
    this.tokens =
        new RoomTokens(
            new TokenVerifier(keys, checkers),
            rules,
            revocations,
            InstantSource.system(),
            clock::nanos);
    this.authenticator = new Authenticator(tokens, auth.anonymous(), new SecureRandom());
    this.apiKeys = new ApiKeys(secrets(settings.api().keys()), tokens);
  }

  /**
   * Reads keys and revocations.
   *
   * @param home where the development key is kept
   * @throws IOException where a file can't be used; the message says which
   */
  static AuthParts open(NodeSettings settings, Path home, NodeClock clock) throws IOException {
    TokenKeys keys = TokenKeys.open(keys(settings.auth(), home), clock::nanos);
    return new AuthParts(settings, keys, clock);
  }

  /** Half of the processors at most: the event loops need the rest. */
  private static ThreadPoolExecutor newCheckers() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_TOKENS),
            Thread.ofPlatform().daemon().name("starling-tokens-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static TokenKeys.Config keys(NodeSettings.Auth auth, Path home) throws IOException {
    List<SharedSecret> secrets = new ArrayList<>(secrets(auth.secrets()));
    if (auth.secret() != null) {
      secrets.addFirst(new SharedSecret(null, auth.secret().bytes()));
    } else if (auth.needsDevelopmentKey()) {
      String secret = new DevelopmentKeys(home).secret();
      secrets.add(new SharedSecret(null, secret.getBytes(StandardCharsets.UTF_8)));
    }
    return new TokenKeys.Config(
        secrets,
        auth.jwksFile(),
        auth.jwksUrl(),
        TimeUnit.SECONDS.toMillis(auth.jwksRefreshSeconds()),
        TimeUnit.SECONDS.toMillis(auth.jwksCooldownSeconds()),
        auth.jwksTimeoutMillis());
  }

  private static List<SharedSecret> secrets(List<NamedSecret> named) {
    return named.stream()
        .map(secret -> new SharedSecret(secret.name(), secret.secret().bytes()))
        .toList();
  }

  /**
   * Reads the file of revocations, and goes on doing so.
   *
   * @param changed told after each later change
   * @throws IOException where the file can't be used; the message names it
   */
  void watchRevocations(@Nullable Path file, Runnable changed) throws IOException {
    if (file != null) {
      revocationFile = RevocationFile.open(file, revocations, changed);
    }
  }

  RevocationList revocations() {
    return revocations;
  }

  /** Says whether an application server may command. */
  void authorise(String credential, Consumer<? super HandshakeInput> verdict) {
    apiKeys.authorise(credential, judged -> verdict.accept(input(judged)));
  }

  /** Says whether an operator may command; only tokens of theirs count, and no key of the API. */
  void administer(String token, Consumer<? super TokenVerdict> verdict) {
    tokens.verifyAdministrator(token, verdict);
  }

  /** Says whether a client may come in; see {@link dev.starling.server.host.Admission}. */
  void admit(@Nullable String token, Consumer<? super HandshakeInput> verdict) {
    authenticator.authenticate(token, judged -> verdict.accept(input(judged)));
  }

  private static HandshakeInput input(TokenVerdict verdict) {
    return switch (verdict) {
      case TokenVerdict.Verified verified -> new HandshakeInput.Verified(verified.grant());
      case TokenVerdict.Refused refused ->
          new HandshakeInput.Rejected(refused.code(), refused.message());
    };
  }

  @Override
  public void close() {
    keys.close();
    checkers.shutdownNow();
    if (revocationFile != null) {
      revocationFile.close();
    }
  }
}
