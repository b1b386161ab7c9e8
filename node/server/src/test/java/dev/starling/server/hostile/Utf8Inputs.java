package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.frames;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text that is not UTF-8 (RFC 3629, section 3), and some that is. */
final class Utf8Inputs {
  static final List<HostileInput> ROWS =
      List.of(
          row("a slash in two bytes, C0 AF", string(0xc0, 0xaf), closes(Code.NOT_UTF8)),
          row("a slash in three bytes, E0 80 AF", string(0xe0, 0x80, 0xaf), closes(Code.NOT_UTF8)),
          row("a slash in four bytes", string(0xf0, 0x80, 0x80, 0xaf), closes(Code.NOT_UTF8)),
          row("NUL as Java modifies it, C0 80", string(0xc0, 0x80), closes(Code.NOT_UTF8)),
          row("half a surrogate pair, ED A0 80", string(0xed, 0xa0, 0x80), closes(Code.NOT_UTF8)),
          row(
              "a surrogate pair in six bytes (CESU-8)",
              string(0xed, 0xa0, 0xbd, 0xed, 0xb0, 0xa6),
              closes(Code.NOT_UTF8)),
          row("above U+10FFFF, F4 90 80 80", string(0xf4, 0x90, 0x80, 0x80), closes(Code.NOT_UTF8)),
          row("a continuation byte alone", string(0x80), closes(Code.NOT_UTF8)),
          row("byte FF, which begins nothing", string(0xff), closes(Code.NOT_UTF8)),
          row("a character cut by the quote", string(0xe2, 0x82), closes(Code.NOT_UTF8)),
          row(
              "a character cut by the end",
              frames(text(Frame.FIN | Frame.TEXT, "{\"type\":\"ping\",\"x\":\"", 0xe2, 0x82)),
              closes(Code.NOT_UTF8)),
          row(
              "a character cut by a fragment",
              frames(
                  text(Frame.TEXT, "{\"type\":\"ping\",\"x\":\"", 0xe2, 0x82),
                  text(Frame.CONTINUATION, "", 0xac),
                  text(Frame.FIN | Frame.CONTINUATION, "\"}")),
              stays("pong")),
          row(
              "a broken character over two fragments",
              frames(
                  text(Frame.TEXT, "{\"type\":\"ping\",\"x\":\"", 0xe2),
                  text(Frame.FIN | Frame.CONTINUATION, "\"}", 0x82)),
              closes(Code.NOT_UTF8)),
          row(
              "UTF-16 with its byte order mark",
              frames(
                  new Frame(
                      Frame.FIN | Frame.TEXT,
                      "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_16))),
              closes(Code.NOT_UTF8)),
          row(
              "Latin-1 behind the message",
              frames(text(Frame.FIN | Frame.TEXT, "{\"type\":\"ping\"}", 0xe9)),
              closes(Code.NOT_UTF8)),
          row(
              "a close reason that is not UTF-8",
              frames(
                  new Frame(
                      Frame.FIN | Frame.CLOSE,
                      Attack.bytes(new int[] {0x03, 0xe8, 0xc3, 0x28}, 0))),
              closes(1007)),
          row("a noncharacter, U+FFFF", string(0xef, 0xbf, 0xbf), stays("pong")));

  private Utf8Inputs() {}

  /** A message with these bytes within a string. */
  private static Attack string(int... bytes) {
    return intruder -> {
      intruder.hello();
      Frame start = text(Frame.TEXT, "{\"type\":\"ping\",\"x\":\"", bytes);
      byte[] whole = java.util.Arrays.copyOf(start.payload(), start.payload().length + 2);
      whole[whole.length - 2] = '"';
      whole[whole.length - 1] = '}';
      intruder.send(new Frame(Frame.FIN | Frame.TEXT, whole));
    };
  }

  private static Frame text(int head, String text, int... bytes) {
    byte[] payload =
        java.util.Arrays.copyOf(
            text.getBytes(StandardCharsets.US_ASCII), text.length() + bytes.length);
    System.arraycopy(Attack.bytes(bytes, 0), 0, payload, text.length(), bytes.length);
    return new Frame(head, payload);
  }
}
