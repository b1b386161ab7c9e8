package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.frames;
import static dev.starling.server.hostile.Attack.http;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.http;
import static dev.starling.server.hostile.Outcome.httpLast;
import static dev.starling.server.hostile.Outcome.stays;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.Token;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;

/** Compression, which this server does not do: nothing is ever inflated. */
final class CompressionInputs {
  private static final int MIB = 1024 * 1024;

  static final List<HostileInput> ROWS =
      List.of(
          row(
              "permessage-deflate offered",
              offering("permessage-deflate; client_max_window_bits"),
              stays("welcome")),
          row(
              "many offers, none well-formed",
              offering(
                  "permessage-deflate; server_max_window_bits=99;;=, x-webkit-deflate-frame, ,"),
              stays("welcome")),
          row(
              "permessage-deflate offered and used",
              intruder -> {
                offering("permessage-deflate").by(intruder);
                intruder.send(compressed("{\"type\":\"ping\"}"));
              },
              new Outcome(List.of("welcome", "close 1002", Intruder.END), false)),
          row("a compressed message", frames(compressed("{\"type\":\"ping\"}")), closes(1002)),
          row("1 MiB of zeros in 1 KiB", frames(compressed("\0".repeat(MIB))), closes(1002)),
          row(
              "the compression bit on a continuation",
              frames(
                  Frame.part(Frame.TEXT, "{"),
                  Frame.part(Frame.FIN | Frame.RSV1 | Frame.CONTINUATION, "}")),
              closes(1002)),
          row(
              "the compression bit on a ping",
              frames(new Frame(Frame.FIN | Frame.RSV1 | Frame.PING, new byte[0])),
              closes(1002)),
          row(
              "the compression bit on an empty message",
              frames(new Frame(Frame.FIN | Frame.RSV1 | Frame.TEXT, new byte[0])),
              closes(1002)),
          row(
              "compressed bytes without the bit",
              frames(new Frame(Frame.FIN | Frame.TEXT, deflated("{\"type\":\"ping\"}"))),
              closes(Code.NOT_UTF8)),
          row("a compressed request body", post("gzip", 4, "\u001f\u008b\b\0"), http(405)),
          row("a compressed request body of 1 MiB", post("deflate", MIB, ""), httpLast(413)));

  private CompressionInputs() {}

  private static Attack post(String encoding, int length, String body) {
    return http(
        String.join(
            "\r\n",
            "POST /health HTTP/1.1",
            "Host: a",
            "Content-Encoding: " + encoding,
            "Content-Length: " + length,
            "",
            body));
  }

  private static Attack offering(String extensions) {
    return intruder -> {
      var answer = intruder.upgrade(Intruder.JSON, "Sec-WebSocket-Extensions: " + extensions);
      assertNull(answer.header("sec-websocket-extensions"));
      intruder.say("{'type':'hello','token':'" + Token.of("eve").text() + "'}");
    };
  }

  private static Frame compressed(String text) {
    return new Frame(Frame.FIN | Frame.RSV1 | Frame.TEXT, deflated(text));
  }

  /** As RFC 7692 has it, but for the last four bytes. */
  private static byte[] deflated(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] part = new byte[1024];
    while (!deflater.finished()) {
      out.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return out.toByteArray();
  }
}
