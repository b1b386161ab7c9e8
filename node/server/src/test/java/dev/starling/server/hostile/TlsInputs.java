package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.record;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.alert;
import static dev.starling.server.hostile.Outcome.anyAlert;
import static dev.starling.server.hostile.Outcome.ends;
import static dev.starling.server.hostile.Outcome.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** TLS 1.3 (RFC 8446), and what comes in its place. */
final class TlsInputs {
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  static final List<HostileInput> ROWS =
      List.of(
          row("HTTP in plain text", plain("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"), ends()),
          row("noise", record(0xde, 0xad, 0xbe, 0xef, 0, 1, 2, 3, 4, 5, 6, 7), ends()),
          row("a hello of SSL 2", record(0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10), ends()),
          row(
              "TLS 1.2",
              intruder -> {
                intruder.plain(ClientHellos.tls12());
              },
              alert("protocol_version")),
          row(
              "a hello without a key share",
              intruder -> intruder.plain(ClientHellos.tls13WithoutExtensions()),
              alert("protocol_version")),
          row(
              "a record longer than any may be",
              record(HANDSHAKE, 3, 1, 0xff, 0xff, 1, 0, 0, 0),
              ends()),
          row(
              "application data before the handshake",
              record(APPLICATION_DATA, 3, 3, 0, 4, 1, 2, 3, 4),
              anyAlert()),
          row(
              "a heartbeat that asks for more than it sends",
              record(HEARTBEAT, 3, 2, 0, 3, 1, 0x40, 0),
              anyAlert()),
          row(
              "a hello of nonsense",
              record(HANDSHAKE, 3, 1, 0, 8, 1, 0, 0, 4, 9, 9, 9, 9),
              alert("decode_error")),
          row("half a hello, and silence", record(HANDSHAKE, 3, 1, 2, 0, 1), ends()),
          row(
              "a hello byte by byte that is never whole",
              i -> i.trickle(ClientHellos.tls12()),
              ends()),
          row("the end instead of a hello", i -> i.endPlain(), ends()),
          row(
              "nonsense in the middle of a session",
              intruder -> {
                intruder.hello();
                intruder.plain("nonsense".getBytes(StandardCharsets.US_ASCII));
              },
              ends()),
          row(
              "a renegotiation in the middle of a session",
              intruder -> {
                intruder.hello();
                intruder.plain(ClientHellos.tls12());
              },
              ends()),
          row(
              "a forged record in the middle of a session",
              intruder -> {
                intruder.hello();
                intruder.plain(Attack.bytes(new int[] {APPLICATION_DATA, 3, 3, 0, 32}, 32));
              },
              ends()),
          row(
              "HTTP as it should be",
              i -> i.raw("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"),
              http(200)));

  private TlsInputs() {}

  private static Attack plain(String text) {
    return intruder -> intruder.plain(text.getBytes(StandardCharsets.US_ASCII));
  }
}
