package dev.starling.proto.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.ByteString;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.v1.Content;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryFrameReaderTest {
  private final BinaryFrameReader reader = new BinaryFrameReader(4);

  @Test
  void payloadIsAWindowOnTheFrame() {
    byte[] frame = signal("", "{\"sdp\":\"0123456789\"}");
    ClientFrame.Valid read =
        assertInstanceOf(ClientFrame.Valid.class, reader.read(frame, frame.length));
    ClientMessage.Signal signal = assertInstanceOf(ClientMessage.Signal.class, read.message());
    assertSame(frame, signal.data().bytes().array());
    assertEquals("{\"sdp\":\"0123456789\"}", signal.data().bytes().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}}", "{\"a\":1},\"from\":\"x\"", "[[[[1]]]]", "\"\u0000\""})
  void whatCallsItselfJsonMustBeJson(String data) {
    assertEquals(Code.INVALID, refused(signal("application/json", data)).code());
    assertEquals(Code.INVALID, refused(signal("", data)).code());
  }

  @Test
  void otherTypesMayHoldAnyBytes() {
    byte[] frame = signal("application/octet-stream", "{");
    ClientFrame.Valid read =
        assertInstanceOf(ClientFrame.Valid.class, reader.read(frame, frame.length));
    ClientMessage.Signal signal = assertInstanceOf(ClientMessage.Signal.class, read.message());
    assertEquals("application/octet-stream", signal.data().type());
  }

  @Test
  void refusalCarriesTheRequestsNumber() {
    assertEquals(7L, refused(signal("", "{")).id());
  }

  @Test
  void emptyFrameIsNoMessage() {
    assertEquals(Code.UNSUPPORTED, refused(new byte[0]).code());
  }

  @Test
  void noiseIsMalformed() {
    assertEquals(Code.MALFORMED, refused(new byte[] {-1, -1, -1}).code());
  }

  @Property(tries = 5_000)
  void damagedFrameNeverThrows(Choices choices) {
    byte[] frame = signal(choices.oneOf("", "text/plain"), "{\"sdp\":\"v=0\"}");
    for (int damage = choices.between(1, 4); damage > 0; damage--) {
      frame[choices.between(0, frame.length - 1)] = (byte) choices.between(-128, 127);
    }
    reader.read(frame, choices.between(0, frame.length));
  }

  private ClientFrame.Refused refused(byte[] frame) {
    return assertInstanceOf(ClientFrame.Refused.class, reader.read(frame, frame.length));
  }

  private static byte[] signal(String type, String data) {
    return dev.starling.proto.v1.ClientMessage.newBuilder()
        .setSignal(
            dev.starling.proto.v1.ClientMessage.Signal.newBuilder()
                .setId(7)
                .setRoom("r")
                .setTo("m")
                .setData(
                    Content.newBuilder()
                        .setType(type)
                        .setData(ByteString.copyFrom(data, StandardCharsets.UTF_8))))
        .build()
        .toByteArray();
  }
}
