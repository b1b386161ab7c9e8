package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket's own rules (RFC 6455): what is kept is served, what is broken is closed by code. */
final class FramingTest extends SharedNode {
  private static final int MESSAGE_BYTES = 2048;

  FramingTest() {
    super(
        "limits.messageBytes=" + MESSAGE_BYTES,
        "limits.chatBytes=1024",
        "limits.profileBytes=1024");
  }

  @Test
  void unmaskedFrameIsAProtocolError() throws IOException {
    assertClosed(1002, Frame.text("{\"type\":\"ping\"}").unmasked());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10})
  void reservedBitIsAProtocolError(int bit) throws IOException {
    assertClosed(1002, new Frame(Frame.FIN | bit | Frame.TEXT, new byte[2]).masked());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11, 15})
  void unknownOpcodeIsAProtocolError(int opcode) throws IOException {
    assertClosed(1002, new Frame(Frame.FIN | opcode, new byte[2]).masked());
  }

  @Test
  void fragmentedControlFrameIsAProtocolError() throws IOException {
    assertClosed(1002, new Frame(Frame.PING, new byte[2]).masked());
  }

  @ParameterizedTest
  @ValueSource(ints = {Frame.PING, Frame.PONG, Frame.CLOSE})
  void oversizedControlFrameIsAProtocolError(int opcode) throws IOException {
    byte[] payload = new byte[126];
    payload[0] = 3;
    payload[1] = (byte) 0xe8;
    assertClosed(1002, new Frame(Frame.FIN | opcode, payload).masked());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
  void closeCodeThatMayNotBeSentIsAProtocolError(int code) throws IOException {
    assertClosed(1002, Frame.close(code).masked());
  }

  @Test
  void closeFrameOfOneByteIsAProtocolError() throws IOException {
    assertClosed(1002, new Frame(Frame.FIN | Frame.CLOSE, new byte[] {3}).masked());
  }

  @Test
  void closeReasonThatIsNoTextIsRefused() throws IOException {
    byte[] payload = {3, (byte) 0xe8, (byte) 0xc3, 0x28};
    assertClosed(1007, new Frame(Frame.FIN | Frame.CLOSE, payload).masked());
  }

  @Test
  void continuationOfNothingIsAProtocolError() throws IOException {
    assertClosed(1002, new Frame(Frame.FIN | Frame.CONTINUATION, new byte[2]).masked());
  }

  @Test
  void textWithinAFragmentedMessageIsAProtocolError() throws IOException {
    assertClosed(1002, Frame.part(Frame.TEXT, "{").masked(), Frame.text("{}").masked());
  }

  @Test
  void frameAboveTheLimitIsTooLarge() throws IOException {
    assertClosed(1009, Frame.text(" ".repeat(MESSAGE_BYTES + 1)).masked());
  }

  @Test
  void closeCodeOfAFarTooLargeFrameGetsThrough() throws IOException {
    assertClosed(1009, Frame.text(" ".repeat(1 << 20)).masked());
  }

  @Test
  void fragmentsAboveTheLimitTogetherAreTooLarge() throws IOException {
    String half = " ".repeat(MESSAGE_BYTES / 2 + 1);
    assertClosed(
        1009,
        Frame.part(Frame.TEXT, half).masked(),
        Frame.part(Frame.FIN | Frame.CONTINUATION, half).masked());
  }

  @Test
  void endlessFragmentsAreTooLarge() throws IOException {
    byte[][] parts = new byte[64][];
    Arrays.fill(parts, Frame.part(Frame.CONTINUATION, " ".repeat(MESSAGE_BYTES / 2)).masked());
    parts[0] = Frame.part(Frame.TEXT, "{").masked();
    assertClosed(1009, parts);
  }

  @Test
  void messageAtTheLimitIsTaken() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      String ping = "{'type':'ping'}";
      client.say(ping + " ".repeat(MESSAGE_BYTES - ping.length()));
      client.next("pong");
    }
  }

  @Test
  void lengthWithItsHighestBitSetIsRefused() throws IOException {
    byte[] frame =
        ByteBuffer.allocate(14)
            .put((byte) (Frame.FIN | Frame.TEXT))
            .put((byte) 0xff)
            .putLong(-1)
            .putInt(0)
            .array();
    assertClosed(1002, frame);
  }

  @Test
  void binaryFrameIsOfTheWrongKind() throws IOException {
    assertClosed(1003, new Frame(Frame.FIN | Frame.BINARY, new byte[] {1, 2}).masked());
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    byte[] text = "{\"type\":\"ping\",\"x\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    text[20] = (byte) 0xff;
    assertClosed(1007, new Frame(Frame.FIN | Frame.TEXT, text).masked());
  }

  @Test
  void characterCutByAFragmentIsWhole() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      byte[] text = "{\"type\":\"ping\",\"x\":\"é\"}".getBytes(StandardCharsets.UTF_8);
      client
          .web()
          .send(
              new Frame(Frame.TEXT, Arrays.copyOf(text, 21)),
              new Frame(Frame.FIN | Frame.CONTINUATION, Arrays.copyOfRange(text, 21, text.length)));
      client.next("pong");
    }
  }

  @Test
  void pingBetweenFragmentsIsAnsweredAtOnce() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      WebSocketClient web = client.web();
      web.send(Frame.part(Frame.TEXT, "{\"type\":"), Frame.ping("still there?"));
      Frame pong = web.frame();
      assertEquals(Frame.PONG, pong.opcode());
      assertEquals("still there?", pong.text());
      web.send(
          Frame.part(Frame.CONTINUATION, "\"pi"),
          Frame.part(Frame.CONTINUATION, ""),
          Frame.part(Frame.FIN | Frame.CONTINUATION, "ng\"}"));
      client.next("pong");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125})
  void pingIsAnsweredWithItsPayload(int length) throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, (byte) 0x7e);
      client.web().send(new Frame(Frame.FIN | Frame.PING, payload));
      Frame pong = client.web().frame();
      assertEquals(Frame.PONG, pong.opcode());
      assertArrayEquals(payload, pong.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void frameThatComesByteByByteIsRead() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      for (byte single : Frame.text("{\"type\":\"ping\"}").masked()) {
        client.web().sendRaw(new byte[] {single});
      }
      client.next("pong");
    }
  }

  @Test
  void manyFramesOfOneSegmentAreRead() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      byte[] ping = Frame.text("{\"type\":\"ping\"}").masked();
      ByteBuffer segment = ByteBuffer.allocate(100 * ping.length);
      while (segment.hasRemaining()) {
        segment.put(ping);
      }
      client.web().sendRaw(segment.array());
      for (int i = 0; i < 100; i++) {
        client.next("pong");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000, 4999})
  void closeIsAnsweredWithItsCode(int code) throws IOException {
    assertClosed(code, Frame.close(code).masked());
  }

  /** In the middle of a session, with a second client that must not notice. */
  private void assertClosed(int code, byte[]... bytes) throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada");
        NativeClient bystander = NativeClient.of(node, "ben")) {
      for (byte[] part : bytes) {
        client.web().sendRaw(part);
      }
      assertEquals(code, client.closeCode());
      assertEquals(WebSocketClient.CUT_OFF, client.closeCode(), "nothing follows a close");
      bystander.say("{'type':'ping'}");
      bystander.next("pong");
    }
  }
}
