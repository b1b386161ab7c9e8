package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, web files, and how anything else is refused. */
final class HttpTest extends SharedNode {
  HttpTest() {
    super("demo.enabled=true");
  }

  @Test
  void healthNamesTheNodeAndItsState() throws IOException {
    for (String path : List.of("/health", "/health/ready", "/health?verbose")) {
      HttpAnswer answer = HttpAnswer.ask(node, "GET " + path + " HTTP/1.1");
      assertEquals(200, answer.status());
      assertEquals("application/json", answer.header("content-type"));
      assertEquals("no-store", answer.header("cache-control"));
      Message health = Message.of(answer.body());
      assertEquals("ready", health.text("status"));
      assertEquals("test-node", health.text("node"));
      assertEquals("test-region", health.text("region"));
      assertEquals(List.of(), health.list("degraded"));
    }
  }

  @Test
  void livenessSaysNoMoreThanThat() throws IOException {
    HttpAnswer answer = HttpAnswer.ask(node, "GET /health/live HTTP/1.1");
    assertEquals(200, answer.status());
    assertEquals("live", Message.of(answer.body()).text("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/", "/sdk/starling.js"})
  void whatIsOnlyReadRefusesOtherMethods(String path) throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      HttpAnswer answer = HttpAnswer.ask(node, method + " " + path + " HTTP/1.1");
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD", answer.header("allow"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/health/",
        "/demo",
        "/sdk/",
        "/../pom.xml",
        "/sdk/../../dev/starling/server/version.properties",
        "/sdk/..%2f..%2fdev/starling/server/version.properties",
        "/sdk/%2e%2e/%2e%2e/etc/passwd",
        "/..\\..\\etc\\passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/sdk/starling.js%00.html",
        "/dev/starling/server/wiring/Main.class",
        "/META-INF/MANIFEST.MF"
      })
  void nothingElseIsFound(String path) throws IOException {
    assertEquals(404, HttpAnswer.ask(node, "GET " + path + " HTTP/1.1").status());
  }

  @Test
  void headIsAnsweredWithTheHeadersOfGet() throws IOException {
    HttpAnswer get = HttpAnswer.ask(node, "GET /sdk/starling.js HTTP/1.1");
    try (Socket socket = node.socket()) {
      HttpAnswer head = HttpAnswer.ask(socket, "HEAD /sdk/starling.js HTTP/1.1");
      assertEquals(200, head.status());
      assertEquals(get.headers(), head.headers());
      // Had a body come, this answer would begin in the middle of it.
      assertEquals(200, HttpAnswer.ask(socket, "GET /health/live HTTP/1.1").status());
    }
  }

  @Test
  void knownFileIsNotSentAgain() throws IOException {
    HttpAnswer first = HttpAnswer.ask(node, "GET /sdk/starling.js HTTP/1.1");
    String etag = first.header("etag");
    try (Socket socket = node.socket()) {
      HttpAnswer again =
          HttpAnswer.ask(socket, "GET /sdk/starling.js HTTP/1.1", "If-None-Match: " + etag);
      assertEquals(304, again.status());
      assertEquals(etag, again.header("etag"));
      // RFC 9110, section 8.6: the length of what GET would bring, or none.
      assertEquals(first.header("content-length"), again.header("content-length"));
      HttpAnswer other =
          HttpAnswer.ask(socket, "GET /sdk/starling.js HTTP/1.1", "If-None-Match: \"other\"");
      assertEquals(200, other.status());
      assertEquals(first.body(), other.body());
    }
  }

  @Test
  void demoPageHoldsBrowsersToThisOrigin() throws IOException {
    HttpAnswer page = HttpAnswer.ask(node, "GET / HTTP/1.1");
    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("content-type"));
    assertTrue(page.body().contains("<html"));
    String policy = page.headers().getOrDefault("content-security-policy", "");
    assertTrue(policy.contains("default-src 'self'"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals("nosniff", page.header("x-content-type-options"));
    assertEquals("no-referrer", page.header("referrer-policy"));
    assertNotNull(page.header("permissions-policy"));
    assertNull(page.header("server"));
  }

  @Test
  void demoIsServedOnlyWhereItIsOnAndTheSdkAlways() throws IOException {
    try (TestNode plain = TestNode.start()) {
      assertEquals(404, HttpAnswer.ask(plain, "GET / HTTP/1.1").status());
      assertEquals(404, HttpAnswer.ask(plain, "GET /index.html HTTP/1.1").status());
      HttpAnswer sdk = HttpAnswer.ask(plain, "GET /sdk/starling.js HTTP/1.1");
      assertEquals(200, sdk.status());
      assertEquals("text/javascript; charset=utf-8", sdk.header("content-type"));
    }
  }

  @Test
  void webSocketPathAsksForAnUpgrade() throws IOException {
    HttpAnswer answer = HttpAnswer.ask(node, "GET /v1/ws HTTP/1.1");
    assertEquals(426, answer.status());
    assertEquals("websocket", answer.header("upgrade"));
    assertEquals("13", answer.header("sec-websocket-version"));
  }

  @Test
  void otherVersionOfWebSocketIsToldWhichToUse() throws IOException {
    HttpAnswer answer =
        HttpAnswer.ask(
            node,
            "GET /v1/ws HTTP/1.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertEquals(426, answer.status());
    assertEquals("13", answer.header("sec-websocket-version"));
  }

  @Test
  void upgradeWithoutKeyIsRefused() throws IOException {
    HttpAnswer answer =
        HttpAnswer.ask(
            node,
            "GET /v1/ws HTTP/1.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13");
    assertEquals(400, answer.status());
  }

  @Test
  void brokenRequestIsRefusedAndEndsTheConnection() throws IOException {
    try (Socket socket = node.socket()) {
      assertEquals(400, HttpAnswer.ask(socket, "\u0001\u0002 nonsense", "no header").status());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void requestWithTwoLengthsIsRefused() throws IOException {
    HttpAnswer answer =
        HttpAnswer.ask(node, "GET /health HTTP/1.1", "Content-Length: 0", "Content-Length: 5");
    assertEquals(400, answer.status());
  }

  @Test
  void requestsOfOneConnectionAreAnsweredInOrder() throws IOException {
    try (Socket socket = node.socket()) {
      String two =
          "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
      socket.getOutputStream().write(two.getBytes(StandardCharsets.US_ASCII));
      var in = new DataInputStream(socket.getInputStream());
      assertEquals(200, HttpAnswer.read(in, true).status());
      assertEquals(404, HttpAnswer.read(in, true).status());
    }
  }
}
