package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import dev.starling.server.auth.SignedTokens;
import dev.starling.server.edge.ApiClient.Answer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the API, and tokens that are taken back by it. */
final class ApiAccessTest extends SharedNode {
  @SuppressWarnings("NullAway.Init")
  private ApiClient api;

  ApiAccessTest() {
    super(ApiClient.SETTING);
  }

  @BeforeEach
  void connect() {
    api = ApiClient.of(node);
  }

  @Test
  void keyOrAdminTokenIsNeeded() throws IOException {
    refused(null, 401, "UNAUTHENTICATED");
    refused("", 401, "UNAUTHENTICATED");
    refused("another-key-of-the-same-length-012345", 401, "UNAUTHENTICATED");
    refused(Token.of("ada").withRole("moderator").text(), 403, "FORBIDDEN");
    refused(Token.admin("*", -60, null), 401, "TOKEN_EXPIRED");
    assertEquals(200, api.get("/rooms").status());
    assertEquals(200, api.with(Token.admin("*")).get("/rooms").status());
  }

  private void refused(@Nullable String key, int status, String code) throws IOException {
    Answer answer = api.with(key).get("/rooms");
    assertEquals(code, answer.code());
    assertEquals(status, answer.status());
    assertEquals(status == 401 ? "Bearer" : null, answer.headers().get("www-authenticate"));
  }

  @Test
  void adminTokenIsHeldToItsRooms() throws IOException {
    ApiClient scoped = api.with(Token.admin("team-*"));
    assertEquals(201, scoped.post("/rooms", "{'room':'team-1'}").status());
    assertEquals("FORBIDDEN", scoped.post("/rooms", "{'room':'other'}").code());
    api.post("/rooms", "{'room':'other'}");
    assertEquals("FORBIDDEN", scoped.get("/rooms/other").code());
    assertEquals("FORBIDDEN", scoped.delete("/rooms/other").code());
    assertEquals("FORBIDDEN", scoped.post("/rooms/other/send", "{'data':1}").code());
    assertEquals("FORBIDDEN", scoped.post("/revocations", "{'user':'u'}").code());
    assertFalse(scoped.get("/rooms").body().toString().contains("other"));
  }

  @Test
  void revokedUsersSessionsAreClosedAndStayOut() throws IOException {
    String token = Token.of("mallory").text();
    try (NativeClient eve = NativeClient.connect(node);
        NativeClient ada = NativeClient.in(node, "revoked", "ada")) {
      eve.hello(token);
      eve.join("revoked");
      ada.next("member");
      assertEquals(204, api.post("/revocations", "{'user':'mallory'}").status());
      Message error = eve.next("error");
      assertEquals("REVOKED", error.text("code"));
      assertFalse(error.flag("retry"));
      assertEquals(4407, eve.closeCode());
      assertEquals("kicked", ada.next("member").text("reason"));
      try (NativeClient again = NativeClient.connect(node)) {
        again.say("{'type':'hello','token':'" + token + "'}");
        assertEquals("REVOKED", again.next("error").text("code"));
        assertEquals(4407, again.closeCode());
      }
    }
  }

  @Test
  void addressThatBringsBadCredentialsIsNotListenedToForAWhile() throws IOException {
    try (TestNode strict = TestNode.start(ApiClient.SETTING, "limits.refusedHellosPerMinute=3")) {
      ApiClient guesser = ApiClient.of(strict).with("no-such-key");
      for (int i = 0; i < 3; i++) {
        assertEquals("UNAUTHENTICATED", guesser.get("/rooms").code());
      }
      assertEquals("RATE_LIMITED", guesser.get("/rooms").code());
      assertEquals("RATE_LIMITED", ApiClient.of(strict).get("/rooms").code());
      assertEquals(200, guesser.with(null).get("/regions").status());
    }
  }

  @Test
  void tokenIsRevokedByItsId() throws IOException {
    String first = Token.admin("*", 60, "id-1");
    String second = Token.admin("*", 60, "id-2");
    assertEquals(200, api.with(first).get("/rooms").status());
    assertEquals(
        204, api.post("/revocations", "{'jti':'id-1','until':'2099-01-01T00:00:00Z'}").status());
    refused(first, 401, "REVOKED");
    assertEquals(200, api.with(second).get("/rooms").status());
  }

  @Test
  void pipelinedAnswersKeepTheOrderOfTheirRequests() throws IOException {
    try (Socket socket = node.socket()) {
      String head = " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ApiClient.KEY + "\r\n\r\n";
      String requests = ("GET /api/v1/rooms/none" + head + "GET /health/live" + head).repeat(4);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int pair = 0; pair < 4; pair++) {
        assertEquals(404, HttpAnswer.read(in, true).status());
        assertEquals(200, HttpAnswer.read(in, true).status());
      }
    }
  }

  @Test
  void headIsAnsweredWithoutABody() throws IOException {
    HttpAnswer head = HttpAnswer.ask(node, "HEAD /api/v1/regions HTTP/1.1");
    HttpAnswer get = HttpAnswer.ask(node, "GET /api/v1/regions HTTP/1.1");
    assertEquals(200, head.status());
    assertEquals(get.header("content-length"), head.header("content-length"));
  }

  /** Such a token is checked away from the event loop. */
  @Test
  void tokenOfAPublicKeyOpensTheDoor(@TempDir Path folder) throws IOException {
    var pair = SignedTokens.ec("k", Curve.P_256);
    Path file = Files.writeString(folder.resolve("keys.json"), SignedTokens.document(pair));
    String payload = "{\"sub\":\"ada\",\"room\":\"*\",\"exp\":" + Token.inSeconds(60) + "}";
    String token = pair.sign(new JWSHeader(JWSAlgorithm.ES256), payload);
    String forged =
        SignedTokens.ec("k", Curve.P_256).sign(new JWSHeader(JWSAlgorithm.ES256), payload);
    try (TestNode open = TestNode.start("auth.jwksFile=" + file)) {
      for (int round = 0; round < 2; round++) {
        try (NativeClient client = NativeClient.connect(open)) {
          assertEquals("ada", client.hello(token).text("user"));
          assertEquals("joined", client.join("den").text("type"));
        }
      }
      try (NativeClient client = NativeClient.connect(open)) {
        client.say("{'type':'hello','token':'" + forged + "'}");
        assertEquals("UNAUTHENTICATED", client.next("error").text("code"));
        assertEquals(4401, client.closeCode());
      }
    }
  }
}
