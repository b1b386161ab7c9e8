package dev.starling.server.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import dev.starling.server.log.LogOutput;
import dev.starling.server.log.StandardError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

final class RevocationTest {
  private final AtomicLong wallMillis = new AtomicLong(1_000_000);
  private final RevocationList list =
      new RevocationList(() -> Instant.ofEpochMilli(wallMillis.get()));

  @TempDir Path folder;

  @Test
  void tokenIsRevokedByItsId() {
    assertFalse(list.cover(grant("ann", "t1", 5)));
    assertTrue(list.add(new Revocation.OfToken("t1", null)));
    assertTrue(list.cover(grant("ann", "t1", 5)));
    assertFalse(list.cover(grant("ann", "t2", 5)));
    assertFalse(list.cover(grant("ann", null, 5)));
  }

  @Test
  void userIsRevokedForTokensFromBefore() {
    assertTrue(list.add(new Revocation.OfUser("ann", 1000)));
    assertTrue(list.add(new Revocation.OfUser("ann", 500)));
    assertTrue(list.cover(grant("ann", null, 999)));
    assertTrue(list.cover(grant("ann", null, Long.MIN_VALUE)));
    assertFalse(list.cover(grant("ann", null, 1000)));
    assertFalse(list.cover(grant("bob", null, 0)));
  }

  @Test
  void fullListRefusesAndDropsOnlyWhatHasEnded() {
    for (int number = 0; number < RevocationList.CAPACITY; number++) {
      assertTrue(list.add(new Revocation.OfToken("t" + number, 2_000_000L + number)));
    }
    assertFalse(list.add(new Revocation.OfUser("ann", 1)));
    wallMillis.set(2_000_000);
    assertTrue(list.add(new Revocation.OfUser("ann", 1)));
    assertFalse(list.cover(grant("bob", "t0", 0)));
    assertTrue(list.cover(grant("bob", "t1", 0)));
    assertFalse(list.add(new Revocation.OfUser("bob", 1)));
  }

  @Test
  void revokedTokenIsRefusedWithItsOwnCode() {
    RoomTokens tokens =
        Tokens.of(
            Tokens.keys(List.of(Tokens.secret(null, HandmadeToken.SECRET)), null),
            Tokens.ANY_PARTY,
            list);
    String token =
        HandmadeToken.of(
            "{\"sub\":\"ann\",\"room\":\"den\",\"exp\":1900000000,\"iat\":1700000000,\"jti\":\"a\"}");
    Grant grant = assertInstanceOf(Verified.class, Tokens.verdict(tokens, token)).grant();
    assertEquals("a", grant.tokenId());
    assertEquals(1_700_000_000_000L, grant.issuedAtMillis());
    list.add(new Revocation.OfUser("ann", 1_700_000_000_001L));
    assertEquals(new Refused(Code.REVOKED, "the token was revoked"), Tokens.verdict(tokens, token));
  }

  @Test
  void fileIsReadAgainWhenItChangesAndKeptWhereItIsBroken() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("r.json"),
            "{\"revocations\":[{\"jti\":\"t1\",\"until\":\"2027-01-01T00:00:00Z\"},"
                + "{\"user\":\"ann\",\"before\":\"1970-01-01T00:00:01Z\"}]}");
    AtomicLong changes = new AtomicLong();
    RevocationFile watched = RevocationFile.open(file, list, changes::incrementAndGet);
    try (watched) {
      assertTrue(list.cover(grant("bob", "t1", 5)));
      assertTrue(list.cover(grant("ann", null, 999)));
      try (StandardError output = new StandardError()) {
        LogOutput.text(Level.WARN);
        Files.writeString(file, "{\"revocations\":[{}]}");
        await().until(() -> output.text().contains("auth.revocationsFile"));
      }
      assertTrue(list.cover(grant("bob", "t1", 5)));
      list.add(new Revocation.OfToken("t3", null));
      Files.writeString(file, "{\"revocations\":[{\"jti\":\"t2\"}]}   ");
      await().until(() -> changes.get() == 1);
      assertTrue(list.cover(grant("bob", "t2", 5)));
      assertTrue(list.cover(grant("bob", "t3", 5)));
      assertFalse(list.cover(grant("bob", "t1", 5)));
      assertFalse(list.cover(grant("ann", null, 999)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"revocations\":7}",
        "{\"revocations\":[7]}",
        "{\"revocations\":[{\"jti\":\"\"}]}",
        "{\"revocations\":[{\"jti\":\"a\",\"user\":\"b\"}]}",
        "{\"revocations\":[{\"jti\":\"a\",\"until\":\"soon\"}]}",
        "{\"revocations\":[{\"jti\":\"a\",\"until\":\"+1000000000-01-01T00:00:00Z\"}]}",
        "{\"revocations\":[{\"user\":\"a\"}]}",
        "{\"revocations\":[{\"user\":\"a\",\"before\":7}]}"
      })
  void listThatSaysNothingClearIsRefused(String text) {
    assertThrows(IOException.class, () -> RevocationFile.parse(text));
  }

  @Test
  void listBeyondTheCapacityIsRefused() {
    String entries = "{\"jti\":\"a\"},".repeat(RevocationList.CAPACITY) + "{\"jti\":\"a\"}";
    IOException refused =
        assertThrows(
            IOException.class, () -> RevocationFile.parse("{\"revocations\":[" + entries + "]}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("more than"), refused::getMessage);
  }

  private static Grant grant(String user, @Nullable String token, long issuedMillis) {
    return new Grant(
        user, RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE, token, issuedMillis, List.of());
  }
}
