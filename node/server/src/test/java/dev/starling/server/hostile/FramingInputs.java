package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.bytes;
import static dev.starling.server.hostile.Attack.frames;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Frame;
import java.util.Collections;
import java.util.List;

/** WebSocket framing (RFC 6455, section 5). */
final class FramingInputs {
  private static final int RSV2 = 0x20;
  private static final int RSV3 = 0x10;

  static final List<HostileInput> ROWS =
      List.of(
          row(
              "a frame without a mask",
              intruder -> {
                intruder.hello();
                intruder.raw(Frame.text("{}").unmasked());
              },
              closes(1002)),
          row("reserved bit 2", frames(frame(RSV2 | Frame.TEXT, 2)), closes(1002)),
          row("reserved bit 3", frames(frame(RSV3 | Frame.TEXT, 2)), closes(1002)),
          row("reserved data opcode 3", frames(frame(3, 2)), closes(1002)),
          row("reserved control opcode 15", frames(frame(15, 2)), closes(1002)),
          row("a ping in fragments", frames(new Frame(Frame.PING, new byte[2])), closes(1002)),
          row("a ping of 126 bytes", frames(frame(Frame.PING, 126)), closes(1002)),
          row("a continuation of nothing", frames(frame(Frame.CONTINUATION, 2)), closes(1002)),
          row(
              "a new message within a fragmented one",
              frames(Frame.part(Frame.TEXT, "{"), Frame.text("{}")),
              closes(1002)),
          row(
              "a length of 5 written in 16 bits",
              bytes(0x81, 0xfe, 0, 5, 1, 2, 3, 4, 0, 0, 0, 0, 0),
              closes(1002)),
          row(
              "a length of 2^63 - 1",
              bytes(0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4),
              closes(Code.TOO_LARGE)),
          row(
              "a length of 2^64 - 1",
              bytes(0x81, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4),
              closes(1002)),
          row(
              "1,000 fragments that never end",
              frames(
                  Collections.nCopies(1000, Frame.part(Frame.TEXT, " ".repeat(100)))
                      .toArray(Frame[]::new)),
              closes(1002)),
          row(
              "continuations above the limit",
              intruder -> {
                intruder.hello();
                intruder.send(Frame.part(Frame.TEXT, "{"));
                for (int i = 0; i < 200; i++) {
                  intruder.send(Frame.part(Frame.CONTINUATION, " ".repeat(100)));
                }
              },
              closes(Code.TOO_LARGE)),
          row("a close frame of one byte", frames(frame(Frame.CLOSE, 1)), closes(1002)),
          row("close code 1005", frames(Frame.close(1005)), closes(1002)),
          row("close code 5000", frames(Frame.close(5000)), closes(1002)),
          row(
              "a message behind a close frame",
              frames(Frame.close(1000), Frame.text("{{")),
              closes(1000)),
          row(
              "a binary message in the JSON form",
              frames(frame(Frame.BINARY, 2)),
              closes(Code.WRONG_FRAME)),
          row(
              "a message, and a broken frame in the same segment",
              intruder -> {
                intruder.hello();
                byte[] ping = Frame.text("{\"type\":\"ping\"}").masked();
                byte[] both = java.util.Arrays.copyOf(ping, ping.length + 2);
                both[ping.length] = (byte) 0xff;
                intruder.raw(both);
              },
              new Outcome(List.of("pong", "close 1002", Intruder.END), false)));

  private FramingInputs() {}

  private static Frame frame(int opcode, int zeros) {
    return new Frame(Frame.FIN | opcode, new byte[zeros]);
  }
}
