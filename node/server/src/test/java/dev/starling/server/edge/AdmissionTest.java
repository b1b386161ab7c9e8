package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tokens, and what they open. */
final class AdmissionTest extends SharedNode {

  @Test
  void tokenOpensOnlyTheRoomsOfItsPattern() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.hello(Token.of("ada").forRoom("team-*").text());
      assertEquals("joined", client.join("team-1").text("type"));
      Message refused = client.join("other");
      assertEquals("FORBIDDEN", refused.text("code"));
      assertFalse(refused.flag("retry"));
      assertEquals("joined", client.join("team-2").text("type"));
    }
  }

  @Test
  void roleOfTheTokenIsShown() throws IOException {
    try (NativeClient moderator = NativeClient.connect(node);
        NativeClient member = NativeClient.of(node, "ben")) {
      moderator.hello(Token.of("ada").withRole("moderator").text());
      assertEquals("moderator", moderator.join("roles").text("role"));
      Message joined = member.join("roles");
      assertEquals("moderator", joined.objects("members").getFirst().text("role"));
    }
  }

  @Test
  void tokenOfAnotherKeyIsUnauthenticated() throws IOException {
    String token = Token.of("ada").signedWith("another-secret-of-the-same-length-!").text();
    assertRefused(node, token, "UNAUTHENTICATED", false, 4401);
  }

  @Test
  void tokenIsNeededWhereAnonymousIsOff() throws IOException {
    assertRefused(node, null, "UNAUTHENTICATED", false, 4401);
  }

  @Test
  void expiredTokenIsToldFromAWrongOne() throws IOException {
    assertRefused(node, Token.of("ada").expiringIn(-60).text(), "TOKEN_EXPIRED", true, 4402);
  }

  @Test
  void connectionEndsWithItsToken() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      // A clock may be five seconds off, so this one is good for another second or less.
      client.hello(Token.of("ada").expiringIn(-4).text());
      Message error = client.next("error");
      assertEquals("TOKEN_EXPIRED", error.text("code"));
      assertTrue(error.flag("retry"));
      assertEquals(4402, client.closeCode());
    }
  }

  @Test
  void anonymousClientIsAGuestWhereAnonymousIsOn() throws IOException {
    try (TestNode open = TestNode.start("auth.anonymous=true");
        NativeClient client = NativeClient.connect(open)) {
      assertTrue(client.hello(null).text("user").startsWith("guest-"));
      assertEquals("member", client.join("any").text("role"));
      String forged = Token.of("ada").signedWith("another-secret-of-the-same-length-!").text();
      assertRefused(open, forged, "UNAUTHENTICATED", false, 4401);
    }
  }

  private static void assertRefused(
      TestNode node, @Nullable String token, String code, boolean retry, int closeCode)
      throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say(token == null ? "{'type':'hello'}" : "{'type':'hello','token':'" + token + "'}");
      Message error = client.next("error");
      assertEquals(code, error.text("code"));
      assertEquals(retry, error.flag("retry"));
      assertEquals(closeCode, client.closeCode());
    }
  }
}
