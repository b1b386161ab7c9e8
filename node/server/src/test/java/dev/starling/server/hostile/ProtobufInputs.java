package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.binary;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;

import com.google.protobuf.ByteString;
import dev.starling.core.protocol.Code;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.Content;
import dev.starling.server.edge.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * The binary form: bytes that no encoder of Protobuf writes, and messages that no client should.
 */
final class ProtobufInputs {
  /** Field 12 of ClientMessage, ping, empty. */
  private static final byte[] PING = of(0x62, 0);

  private static final List<HostileInput> BYTES =
      List.of(
          row("a tag cut short", binary(of(0x80)), closes(Code.MALFORMED)),
          row(
              "a number of eleven bytes",
              binary(of(0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
              closes(Code.MALFORMED)),
          row("a length beyond the frame", binary(of(0x62, 5, 0)), closes(Code.MALFORMED)),
          row(
              "a length of 2^31 - 1",
              binary(of(0x62, 255, 255, 255, 255, 7)),
              closes(Code.MALFORMED)),
          row(
              "a negative length",
              binary(of(0x62, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
              closes(Code.MALFORMED)),
          row("field number 0", binary(of(0x02, 0)), closes(Code.MALFORMED)),
          row("wire type 7", binary(of(0x67)), closes(Code.MALFORMED)),
          row("a group that never ends", binary(of(0xa3, 1)), closes(Code.MALFORMED)),
          row("the end of a group that never began", binary(of(0xa4, 1)), closes(Code.MALFORMED)),
          row(
              "200 groups within each other",
              binary(repeated(200, 0xa3, 1)),
              closes(Code.MALFORMED)),
          row(
              "a room that is not UTF-8",
              binary(of(0x12, 5, 0x08, 1, 0x12, 1, 0xff)),
              closes(Code.MALFORMED)),
          row("a ping of the wrong wire type", binary(of(0x60, 1)), stays(Code.UNSUPPORTED)),
          row("nothing", binary(new byte[0]), stays(Code.UNSUPPORTED)),
          row(
              "unknown fields, and a ping",
              binary(of(0xa2, 6, 1, 9, 0xa8, 6, 7, 0x62, 0)),
              stays("pong")),
          row("4,000 unknown fields, and a ping", binary(manyUnknown()), stays("pong")),
          row(
              "a ping in one frame with a leave of nowhere",
              binary(join(PING, of(0x1a, 5, 0x08, 1, 0x12, 1, 'x'))),
              stays("done")),
          row("two pings in one frame", binary(join(PING, PING)), stays("pong")),
          row("two pings in two frames", binary(PING, PING), stays("pong", "pong")));

  private static final List<HostileInput> MESSAGES =
      List.of(
          row("id 0", message(leave(0)), stays(Code.INVALID)),
          row("id 2^64 - 1", message(leave(-1)), stays(Code.INVALID)),
          row(
              "an action nobody knows",
              message(
                  ClientMessage.newBuilder()
                      .setModerate(
                          ClientMessage.Moderate.newBuilder()
                              .setId(1)
                              .setRoom("r")
                              .setActionValue(99))),
              stays(Code.INVALID)),
          row("data that only calls itself JSON", message(chat("", "{")), stays(Code.INVALID)),
          row(
              "JSON data nested too deeply",
              message(chat("application/json", "[".repeat(9) + "]".repeat(9))),
              stays(Code.INVALID)),
          row(
              "a media type of 129 characters",
              message(chat("x".repeat(129), "")),
              stays(Code.INVALID)),
          row(
              "a profile that is no JSON object",
              message(
                  ClientMessage.newBuilder()
                      .setJoin(
                          ClientMessage.Join.newBuilder()
                              .setId(1)
                              .setRoom("r")
                              .setProfile(content("", "[]")))),
              stays(Code.INVALID)),
          row(
              "a text message in the binary form",
              intruder -> {
                intruder.binaryHello();
                intruder.send(Frame.text("{\"type\":\"ping\"}"));
              },
              closes(Code.WRONG_FRAME)));

  static final List<HostileInput> ROWS = Stream.of(BYTES, MESSAGES).flatMap(List::stream).toList();

  private ProtobufInputs() {}

  private static byte[] of(int... bytes) {
    return Attack.bytes(bytes, 0);
  }

  private static byte[] repeated(int times, int... bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(of(bytes));
    }
    return all.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  /** 4,000 fields that the schema doesn't have, and a ping. */
  private static byte[] manyUnknown() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int field = 100; field < 4100; field++) {
      int tag = field << 3;
      all.write((tag & 0x7f) | 0x80);
      if (tag >>> 14 == 0) {
        all.write(tag >>> 7);
      } else {
        all.write((tag >>> 7 & 0x7f) | 0x80);
        all.write(tag >>> 14);
      }
      all.write(1);
    }
    return join(all.toByteArray(), PING);
  }

  private static Attack message(ClientMessage.Builder message) {
    return binary(message.build().toByteArray());
  }

  private static ClientMessage.Builder leave(long id) {
    return ClientMessage.newBuilder()
        .setLeave(ClientMessage.Leave.newBuilder().setId(id).setRoom("r"));
  }

  private static ClientMessage.Builder chat(String type, String data) {
    return ClientMessage.newBuilder()
        .setChat(
            ClientMessage.Chat.newBuilder().setId(1).setRoom("r").setData(content(type, data)));
  }

  private static Content.Builder content(String type, String data) {
    return Content.newBuilder().setType(type).setData(ByteString.copyFromUtf8(data));
  }
}
