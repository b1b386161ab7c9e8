package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.http;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.http;
import static dev.starling.server.hostile.Outcome.httpLast;
import static dev.starling.server.hostile.Outcome.stays;

import dev.starling.server.edge.Frame;
import dev.starling.server.edge.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/1.1 (RFC 9112) and the upgrade (RFC 6455, section 4.2.1). */
final class HttpInputs {
  private static final String END = "\r\nHost: a\r\n\r\n";
  private static final String UPGRADE =
      "GET /v1/ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  private static final List<HostileInput> HEADS =
      List.of(
          row(
              "one header of 64 KiB",
              http(get("/health", "X: " + "x".repeat(65_536))),
              httpLast(431)),
          row(
              "10,000 headers",
              http(get("/health", "a: b\r\n".repeat(10_000) + "c: d")),
              httpLast(431)),
          row("a request line of 64 KiB", http(get("/" + "x".repeat(65_536))), httpLast(414)),
          row("no Host", http("GET /health/live HTTP/1.1\r\n\r\n"), httpLast(400)),
          row("two Hosts", http(get("/health/live", "Host: b")), httpLast(400)),
          row("a folded header", http(get("/health/live", "X: a\r\n b")), http(200)),
          row(
              "lines that end in LF alone",
              http("GET /health/live HTTP/1.1\nHost: a\n\n"),
              httpLast(400)),
          row("NUL in a header's value", http(get("/health/live", "X: a\0b")), httpLast(400)),
          row("NUL in a header's name", http(get("/health/live", "X\0Y: a")), httpLast(400)),
          row(
              "a CR alone in a header's value",
              http(get("/health/live", "X: a\rY: b")),
              httpLast(400)),
          row("space before the colon", http(get("/health/live", "X : a")), httpLast(400)),
          row("a header without a name", http(get("/health/live", ": a")), httpLast(400)),
          row("a header without a colon", http(get("/health/live", "nonsense")), httpLast(400)));

  private static final List<HostileInput> BODIES =
      List.of(
          row(
              "a length and chunks, with a request smuggled behind",
              http(
                  post("Content-Length: 4\r\nTransfer-Encoding: chunked")
                      + "0\r\n\r\nGET /nowhere HTTP/1.1"
                      + END),
              httpLast(400)),
          row("two lengths", http(post("Content-Length: 0\r\nContent-Length: 5")), httpLast(400)),
          row("a list of lengths", http(post("Content-Length: 0, 5")), httpLast(400)),
          row("a negative length", http(post("Content-Length: -1")), httpLast(400)),
          row("a length with a sign", http(post("Content-Length: +0")), httpLast(400)),
          row(
              "a length beyond 64 bits",
              http(post("Content-Length: 99999999999999999999")),
              httpLast(400)),
          row("an unknown coding", http(post("Transfer-Encoding: xchunked")), httpLast(400)),
          row(
              "chunked, and chunked again",
              http(post("Transfer-Encoding: chunked, chunked")),
              httpLast(400)),
          row(
              "a chunk of negative size",
              http(post("Transfer-Encoding: chunked") + "-1\r\n\r\n"),
              httpLast(400)),
          row(
              "a chunk size beyond 64 bits",
              http(post("Transfer-Encoding: chunked") + "fffffffffffffffff\r\n"),
              httpLast(400)),
          row(
              "chunks without end",
              http(
                  post("Transfer-Encoding: chunked")
                      + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(80)),
              httpLast(413)),
          row(
              "a body that is too large, asked for first",
              http(post("Content-Length: 1000000\r\nExpect: 100-continue")),
              httpLast(413)));

  private static final List<HostileInput> TARGETS =
      List.of(
          row("HTTP/2's preface", http("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), httpLast(505)),
          row("HTTP/0.9", http("GET /health\r\n\r\n"), httpLast(400)),
          row("a method that is none", http("G@T /health HTTP/1.1" + END), httpLast(400)),
          row("a method nobody knows", http("BREW /health HTTP/1.1" + END), http(405)),
          row("a proxy's target", http(get("http://elsewhere.example/health")), http(404)),
          row("a tunnel", http("CONNECT elsewhere.example:443 HTTP/1.1" + END), http(404)),
          row("dots out of the web files", http(get("/sdk/../../../../etc/passwd")), http(404)),
          row("escaped dots", http(get("/sdk/%2e%2e/%2e%2e/etc/passwd")), http(404)),
          row("escaped slashes", http(get("/sdk/..%2f..%2f..%2fetc%2fpasswd")), http(404)),
          row("backslashes", http(get("/sdk\\..\\..\\etc\\passwd")), http(404)),
          row("NUL behind a file's name", http(get("/sdk/starling.js%00.html")), http(404)));

  private static final List<HostileInput> UPGRADES =
      List.of(
          row(
              "an upgrade to h2c",
              http(get("/v1/ws", "Connection: Upgrade\r\nUpgrade: h2c")),
              http(426)),
          row(
              "WebSocket version 8",
              http(UPGRADE + "Sec-WebSocket-Version: 8\r\n" + KEY + "Host: a\r\n\r\n"),
              http(426)),
          row("an upgrade without a key", http(UPGRADE + VERSION + "Host: a\r\n\r\n"), http(400)),
          row(
              "a key that is not 16 bytes",
              http(UPGRADE + VERSION + "Sec-WebSocket-Key: c2hvcnQ=" + END),
              http(400)),
          row(
              "a key that is not base64",
              http(UPGRADE + VERSION + "Sec-WebSocket-Key: ?????????????????????w==" + END),
              http(400)),
          row("two keys", http(UPGRADE + VERSION + KEY + KEY + "Host: a\r\n\r\n"), http(400)),
          row(
              "an upgrade by POST",
              http(UPGRADE.replace("GET", "POST") + VERSION + KEY + "Content-Length: 0" + END),
              http(426)),
          row(
              "an upgrade in HTTP/1.0",
              http(UPGRADE.replace("HTTP/1.1", "HTTP/1.0") + VERSION + KEY + "Host: a\r\n\r\n"),
              httpLast(426)),
          row(
              "an unknown subprotocol",
              http(UPGRADE + VERSION + KEY + "Sec-WebSocket-Protocol: mqtt" + END),
              http(400)),
          row(
              "a message that doesn't wait for the upgrade is lost",
              intruder -> {
                String hello = "{\"type\":\"hello\",\"token\":\"" + Token.of("eve").text() + "\"}";
                intruder.raw(
                    UPGRADE
                        + VERSION
                        + KEY
                        + "Host: a\r\n\r\n"
                        + new String(Frame.text(hello).masked(), StandardCharsets.ISO_8859_1));
                intruder.reply();
                intruder.upgraded();
                intruder.raw(Frame.text(hello).masked());
              },
              stays("welcome")));

  static final List<HostileInput> ROWS =
      java.util.stream.Stream.of(HEADS, BODIES, TARGETS, UPGRADES).flatMap(List::stream).toList();

  private HttpInputs() {}

  private static String get(String target, String... headers) {
    return "GET "
        + target
        + " HTTP/1.1\r\n"
        + String.join("\r\n", headers)
        + (headers.length == 0 ? "Host: a\r\n\r\n" : END);
  }

  private static String post(String headers) {
    return "POST /health HTTP/1.1\r\n" + headers + END;
  }
}
