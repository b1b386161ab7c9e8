package dev.starling.server.hostile;

import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.ends;
import static dev.starling.server.hostile.Outcome.http;
import static dev.starling.server.hostile.Outcome.httpLast;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.NativeClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Clients that take their time. */
final class SlowInputs {
  /** More than are kept for a client. */
  private static final int CHATS = 400;

  static final List<HostileInput> ROWS =
      List.of(
          row("a connection that says nothing", i -> {}, ends()),
          row("half a request line, and silence", i -> i.raw("GET /hea"), ends()),
          row(
              "a header byte by byte without end",
              i -> i.trickle(bytes("GET /health HTTP/1.1\r\nX: " + "x".repeat(500))),
              ends()),
          row(
              "a body byte by byte",
              i ->
                  i.trickle(
                      bytes(
                          "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n"
                              + "x".repeat(500))),
              ends()),
          row(
              "the end behind a request",
              intruder -> {
                intruder.raw("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                intruder.endPlain();
              },
              httpLast(200)),
          row("no hello", i -> i.upgrade(Intruder.JSON), closes(Code.HELLO_TIMEOUT)),
          row(
              "a hello byte by byte",
              intruder -> {
                intruder.upgrade(Intruder.JSON);
                intruder.trickle(Frame.text("{\"type\":\"hello\"" + " ".repeat(500)).masked());
              },
              closes(Code.HELLO_TIMEOUT)),
          row(
              "pings instead of a hello",
              intruder -> {
                intruder.upgrade(Intruder.JSON);
                intruder.repeat(Frame.ping("").masked(), 500);
              },
              closes(Code.HELLO_TIMEOUT)),
          row(
              "fragments of a hello",
              intruder -> {
                intruder.upgrade(Intruder.JSON);
                intruder.send(Frame.part(Frame.TEXT, "{"));
                intruder.repeat(Frame.part(Frame.CONTINUATION, " ").masked(), 500);
              },
              closes(Code.HELLO_TIMEOUT)),
          row(
              "no sign of life after the hello",
              intruder -> {
                intruder.ignorePings();
                intruder.hello();
              },
              closes(Code.IDLE)),
          row(
              "a message byte by byte, and no pong",
              intruder -> {
                intruder.ignorePings();
                intruder.hello();
                intruder.trickle(Frame.text("{\"type\":\"ping\"" + " ".repeat(500)).masked());
              },
              closes(Code.IDLE)),
          row(
              "fragments without end, and no pong",
              intruder -> {
                intruder.ignorePings();
                intruder.hello();
                intruder.send(Frame.part(Frame.TEXT, "{"));
                intruder.repeat(Frame.part(Frame.CONTINUATION, " ").masked(), 500);
              },
              closes(Code.TOO_LARGE)),
          row(
              "the end of one direction after the hello",
              intruder -> {
                intruder.hello();
                intruder.endPlain();
              },
              ends()),
          row(
              "no answer to a close frame",
              intruder -> {
                intruder.upgrade(Intruder.JSON);
                intruder.ignoreCloses();
                intruder.say("{{");
              },
              closes(Code.MALFORMED)),
          row("events that are never read", SlowInputs::neverReads, closes(Code.SLOW_CONSUMER)),
          row("300 answers over HTTP, read late", SlowInputs::readsLate, http(200)));

  private SlowInputs() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Hears nothing of what another member says on and on, and confirms nothing. */
  private static void neverReads(Intruder intruder) throws IOException {
    intruder.join("talk");
    try (NativeClient ada = intruder.scene().member("talk", "ada")) {
      for (int i = 0; i < CHATS; i++) {
        ada.answer("'type':'chat','room':'talk','data':'" + "x".repeat(1000) + "'");
      }
    }
    intruder.skipWhile("member", 1);
    intruder.skipWhile("chat", CHATS);
  }

  private static void readsLate(Intruder intruder) throws IOException {
    intruder.raw("GET /sdk/starling.js HTTP/1.1\r\nHost: a\r\n\r\n".repeat(300));
    assertEquals(299, intruder.skipWhile("HTTP 200", 299));
  }
}
