package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.proto.ClientFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Frames that were damaged at random: the reader never throws, and agrees with another parser. */
final class JsonFuzzTest {
  private static final int DEPTH = 6;
  private static final List<String> FRAMES =
      List.of(
          "{\"type\":\"ping\"}",
          "{\"type\":\"signal\",\"id\":12,\"room\":\"r\",\"to\":\"m\",\"data\":{\"sdp\":\"v=0\\r\\n\"}}",
          "{\"type\":\"chat\",\"id\":1,\"room\":\"é🐦\",\"data\":[1.5e-3,true,null,\"\\uD83D\\uDC26\"]}",
          "{\"type\":\"join\",\"id\":3,\"room\":\"r\",\"profile\":{\"a\":{\"b\":[[]]}},\"password\":\"p\"}",
          "{ \"type\" : \"hello\" , \"resume\" : {\"token\":\"t\",\"offset\":\"o\"}, \"token\":\"x\"}",
          "{\"type\":\"settings\",\"id\":6,\"room\":\"r\",\"settings\":{\"limit\":9,\"locked\":true,\"metadata\":{}}}",
          "{\"type\":\"moderate\",\"id\":9,\"room\":\"r\",\"action\":\"ban\",\"user\":\"u\",\"seconds\":60}",
          "{\"type\":\"history\",\"id\":9,\"room\":\"r\",\"before\":\"m\",\"limit\":100}");

  private static final byte[] SUSPECTS =
      "{}[]\",:\\/bfnrtu0123456789.eE+- \t\n\r\u0000\u001f\u007ftruefalsn"
          .getBytes(StandardCharsets.UTF_8);

  private final JsonFrameReader reader = new JsonFrameReader(DEPTH);

  @Property(tries = 20_000)
  void damagedFrameIsJudgedAlikeByBoth(Choices choices) {
    byte[] frame = choices.oneOf(FRAMES).getBytes(StandardCharsets.UTF_8);
    for (int damage = choices.between(1, 4); damage > 0; damage--) {
      frame = damaged(frame, choices);
    }
    check(frame);
  }

  @Property(tries = 5_000)
  void noiseIsJudgedAlikeByBoth(Choices choices) {
    byte[] noise = new byte[choices.between(0, 30)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = suspect(choices);
    }
    check(noise);
  }

  @Property(tries = 2_000)
  void frameIsJudgedTheSameWhateverFollowsItInItsArray(Choices choices) {
    byte[] frame = damaged(choices.oneOf(FRAMES).getBytes(StandardCharsets.UTF_8), choices);
    byte[] longer = Arrays.copyOf(frame, frame.length + 16);
    Arrays.fill(longer, frame.length, longer.length, suspect(choices));
    assertEquals(reader.read(frame, frame.length), reader.read(longer, frame.length), text(frame));
  }

  private void check(byte[] frame) {
    assertEquals(
        Reference.acceptsObject(frame, DEPTH),
        switch (reader.read(frame, frame.length)) {
          case ClientFrame.Valid valid -> true;
          case ClientFrame.Refused refused ->
              refused.code() != Code.MALFORMED && refused.code() != Code.NOT_UTF8;
        },
        text(frame));
  }

  private static byte[] damaged(byte[] frame, Choices choices) {
    int at = choices.between(0, Math.max(0, frame.length - 1));
    int to = Math.min(frame.length, at + choices.between(1, 4));
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(frame, 0, at);
    switch (choices.between(0, 3)) {
      case 0 -> damaged.write(frame, to, frame.length - to);
      case 1 -> {
        damaged.write(suspect(choices));
        damaged.write(frame, at, frame.length - at);
      }
      case 2 -> {
        damaged.write(suspect(choices));
        damaged.write(frame, to, frame.length - to);
      }
      default -> {
        damaged.write(frame, at, to - at);
        damaged.write(frame, at, frame.length - at);
      }
    }
    return damaged.toByteArray();
  }

  private static byte suspect(Choices choices) {
    return choices.nextInt(4) == 0
        ? (byte) choices.nextInt()
        : SUSPECTS[choices.nextInt(SUSPECTS.length)];
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }
}
