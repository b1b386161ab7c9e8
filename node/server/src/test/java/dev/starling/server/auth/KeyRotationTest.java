package dev.starling.server.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Revocations;
import dev.starling.server.auth.SignedTokens.Pair;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import dev.starling.server.log.LogOutput;
import dev.starling.server.log.StandardError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Keys that come from a URL or a file and change while the node runs. */
final class KeyRotationTest {
  private static final Pair FIRST = SignedTokens.ec("first", Curve.P_256);
  private static final Pair SECOND = SignedTokens.ec("second", Curve.P_256);
  private static final int HOUR_MILLIS = 3_600_000;
  private static final int COOLDOWN_MILLIS = 30_000;

  private final AtomicLong nanos = new AtomicLong();

  @SuppressWarnings("NullAway.Init")
  private KeyServer server;

  private @Nullable TokenKeys keys;

  @TempDir Path folder;

  @BeforeEach
  void serve() throws IOException {
    server = new KeyServer(KeyServer.document(SignedTokens.document(FIRST)));
  }

  @AfterEach
  void stop() {
    server.close();
    if (keys != null) {
      keys.close();
    }
  }

  @Test
  void unknownKeyIsFetchedWhileItsTokenWaits() throws IOException {
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 5000);
    verified(tokens, FIRST);
    server.answers(KeyServer.document(SignedTokens.document(FIRST, SECOND)));
    passCooldown();
    verified(tokens, SECOND);
    assertEquals(2, server.requests());
  }

  @Test
  void unknownKeysCauseOneFetchACooldown() throws IOException {
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 5000);
    for (int repeat = 0; repeat < 5; repeat++) {
      assertEquals(Code.UNAUTHENTICATED, refused(tokens, SECOND).code());
    }
    assertEquals(1, server.requests());
    passCooldown();
    for (int repeat = 0; repeat < 5; repeat++) {
      assertEquals(Code.UNAUTHENTICATED, refused(tokens, SECOND).code());
    }
    assertEquals(2, server.requests());
  }

  @Test
  void keyThatWasTakenOutIsGoodNoMoreThoughItsTokenIsRemembered() throws IOException {
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 5000);
    String token = FIRST.sign(JWSAlgorithm.ES256);
    assertInstanceOf(Verified.class, Tokens.verdict(tokens, token));
    assertInstanceOf(Verified.class, Tokens.verdict(tokens, token));
    server.answers(KeyServer.document(SignedTokens.document(SECOND)));
    passCooldown();
    verified(tokens, SECOND);
    assertInstanceOf(Refused.class, Tokens.verdict(tokens, token));
  }

  @Test
  void documentIsFetchedAgainFromTimeToTime() throws IOException {
    RoomTokens tokens = tokens(server.url(), 20, 5000);
    server.answers(KeyServer.document(SignedTokens.document(SECOND)));
    await().untilAsserted(() -> verified(tokens, SECOND));
    await().untilAsserted(() -> refused(tokens, FIRST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "empty set", "too large", "down", "moved", "slow"})
  void failureLeavesTheKeysInUse(String failure) throws IOException {
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 300);
    fail(failure);
    passCooldown();
    assertEquals(Code.UNAUTHENTICATED, refused(tokens, SECOND).code());
    verified(tokens, FIRST);
    assertEquals(2, server.requests());
    server.answers(KeyServer.document(SignedTokens.document(SECOND)));
    passCooldown();
    verified(tokens, SECOND);
  }

  private void fail(String failure) {
    server.answers(
        switch (failure) {
          case "garbage" -> KeyServer.document("<html>");
          case "empty set" -> KeyServer.document("{\"keys\":[]}");
          case "too large" -> KeyServer.document(" ".repeat(KeySet.MAX_BYTES + 1));
          case "down" -> KeyServer.status(503, "");
          case "moved" ->
              exchange -> {
                exchange.getResponseHeaders().set("location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
              };
          default -> server.endless();
        });
  }

  @Test
  void nodeStartsWithoutKeysAndAsksClientsToComeBack() throws IOException {
    server.answers(KeyServer.status(500, ""));
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 5000);
    assertEquals(Code.BUSY, refused(tokens, FIRST).code());
    server.answers(KeyServer.document(SignedTokens.document(FIRST)));
    passCooldown();
    verified(tokens, FIRST);
  }

  @Test
  void nodeStartsWhereNobodyAnswersAtTheUrl() throws IOException {
    URI url = server.url();
    server.close();
    RoomTokens tokens = tokens(url, HOUR_MILLIS, 5000);
    assertEquals(Code.BUSY, refused(tokens, FIRST).code());
  }

  @Test
  void tokenOfASecretNeedsNoFetch() throws IOException {
    RoomTokens tokens = tokens(server.url(), HOUR_MILLIS, 5000);
    passCooldown();
    String other =
        new HandmadeToken("{\"alg\":\"HS256\"}", SignedTokens.PAYLOAD)
            .signed("HmacSHA256", "x".repeat(40));
    assertInstanceOf(Refused.class, Tokens.verdict(tokens, other));
    assertInstanceOf(
        Verified.class, Tokens.verdict(tokens, HandmadeToken.of(SignedTokens.PAYLOAD)));
    assertEquals(1, server.requests());
  }

  @Test
  void changedFileIsReadAgainAndABrokenOneChangesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("k.json"), SignedTokens.document(FIRST));
    keys = Tokens.keys(List.of(), file);
    RoomTokens tokens = Tokens.of(keys, Tokens.ANY_PARTY, Revocations.NONE);
    verified(tokens, FIRST);
    try (StandardError output = new StandardError()) {
      LogOutput.text(Level.WARN);
      Files.writeString(file, "{");
      await().until(() -> output.text().contains("auth.jwksFile"));
    }
    verified(tokens, FIRST);
    Files.writeString(file, SignedTokens.document(SECOND));
    await().untilAsserted(() -> verified(tokens, SECOND));
    refused(tokens, FIRST);
  }

  @Test
  void severalSecretsAreGoodAtOnceEachUnderItsOwnId() {
    String next = "another-secret-of-these-tests-0123456789";
    keys =
        Tokens.keys(
            List.of(Tokens.secret(null, HandmadeToken.SECRET), Tokens.secret("next", next)), null);
    RoomTokens tokens = Tokens.of(keys, Tokens.ANY_PARTY, Revocations.NONE);
    assertInstanceOf(
        Verified.class, Tokens.verdict(tokens, HandmadeToken.of(SignedTokens.PAYLOAD)));
    assertInstanceOf(Verified.class, Tokens.verdict(tokens, hmac("{\"alg\":\"HS256\"}", next)));
    assertInstanceOf(
        Verified.class, Tokens.verdict(tokens, hmac("{\"alg\":\"HS256\",\"kid\":\"next\"}", next)));
    assertInstanceOf(
        Refused.class, Tokens.verdict(tokens, hmac("{\"alg\":\"HS256\",\"kid\":\"last\"}", next)));
  }

  private static String hmac(String header, String secret) {
    return new HandmadeToken(header, SignedTokens.PAYLOAD).signed("HmacSHA256", secret);
  }

  private RoomTokens tokens(URI url, long refreshMillis, long timeoutMillis) throws IOException {
    keys =
        TokenKeys.open(
            new TokenKeys.Config(
                List.of(Tokens.secret(null, HandmadeToken.SECRET)),
                null,
                url,
                refreshMillis,
                COOLDOWN_MILLIS,
                timeoutMillis),
            nanos::get);
    return Tokens.of(keys, Tokens.ANY_PARTY, Revocations.NONE);
  }

  private void passCooldown() {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(COOLDOWN_MILLIS));
  }

  private static void verified(RoomTokens tokens, Pair pair) {
    assertInstanceOf(
        Verified.class,
        Tokens.verdict(tokens, pair.sign(JWSAlgorithm.ES256)),
        pair.jwk().getKeyID());
  }

  private static Refused refused(RoomTokens tokens, Pair pair) {
    return assertInstanceOf(Refused.class, Tokens.verdict(tokens, pair.sign(JWSAlgorithm.ES256)));
  }
}
