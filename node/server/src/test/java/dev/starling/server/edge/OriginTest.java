package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may connect from a browser. */
final class OriginTest extends SharedNode {
  OriginTest() {
    super(
        "client.origins=https://app.example.com,https://*.example.org,http://[::1]:8080,null",
        "client.originRequired=true",
        "conformance.enabled=true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://APP.example.com:443",
        "https://a.example.org",
        "https://a.b.example.org",
        "http://[::1]:8080",
        "null"
      })
  void allowedPageConnects(String origin) throws IOException {
    assertEquals(101, upgrade("Origin: " + origin).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com.evil.com",
        "https://evil-app.example.com",
        "https://example.org",
        "https://evilexample.org",
        "https://evil.com/https://app.example.com",
        "https://app.example.com@evil.com",
        "https://",
        "app.example.com",
        "*",
        "https://*.example.org",
        "file://",
        ""
      })
  void otherPageIsRefusedBeforeItHasAConnection(String origin) throws IOException {
    HttpAnswer answer = upgrade("Origin: " + origin);
    assertEquals(403, answer.status());
    assertTrue(answer.body().contains("client.origins"));
  }

  @Test
  void pageThatClaimsTwoOriginsIsRefused() throws IOException {
    assertEquals(
        403, upgrade("Origin: https://app.example.com", "Origin: https://evil.com").status());
  }

  @Test
  void whatIsNoBrowserIsRefusedWhereOriginsAreRequired() throws IOException {
    assertEquals(403, upgrade().status());
  }

  @Test
  void everyPathToAWebSocketAsksForIt() throws IOException {
    HttpAnswer answer =
        HttpAnswer.ask(
            node,
            "GET /conformance/ws HTTP/1.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Origin: https://evil.com");
    assertEquals(403, answer.status());
  }

  @Test
  void anyPageConnectsToLoopbackUnlessItIsToldOtherwise() throws IOException {
    try (TestNode local = TestNode.start()) {
      for (String origin : List.of("https://anywhere.example", "null", "nonsense")) {
        assertEquals(
            101, HttpAnswer.ask(local, WebSocketClient.request("Origin: " + origin)).status());
      }
      try (NativeClient app = NativeClient.of(local, "ada")) {
        app.join("room");
      }
    }
  }

  /** What counts off loopback; a node that listens there can be reached from here too. */
  @Test
  void onlyTheNodesOwnPagesConnectOffLoopback() throws IOException {
    try (TestNode open =
        TestNode.start(
            "client.host=0.0.0.0",
            "client.tls=proxied",
            "client.publicUrl=https://Signal.example.net")) {
      assertEquals(101, ask(open, "Origin: http://localhost:3000"));
      assertEquals(101, ask(open, "Origin: https://signal.example.net"));
      assertEquals(101, ask(open));
      assertEquals(403, ask(open, "Origin: https://elsewhere.example.net"));
      assertEquals(403, ask(open, "Origin: null"));
    }
  }

  private static int ask(TestNode node, String... headers) throws IOException {
    return HttpAnswer.ask(node, WebSocketClient.request(headers)).status();
  }

  private HttpAnswer upgrade(String... headers) throws IOException {
    try (Socket socket = node.socket()) {
      return HttpAnswer.ask(socket, WebSocketClient.request(headers));
    }
  }
}
