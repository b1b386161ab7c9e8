package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.proto.BinaryTwin;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.binary.BinaryFrameReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/**
 * Damaged frames: the readers of JSON never throw, take little memory, and call well-formed what
 * another parser calls so.
 */
final class JsonReaderFuzzTest {
  private static final int DEPTH = 8;
  private static final Corpus CORPUS =
      Corpus.text(
          JsonReaderFuzzTest.class,
          "frames.txt",
          List.of(
              "{",
              "}",
              "[",
              "]",
              "\"",
              ",",
              ":",
              "\\",
              "\\u",
              "\\ud800",
              "\\u0000",
              "null",
              "true",
              "-",
              "0",
              "1e999",
              "9007199254740992",
              "18446744073709551616",
              "NaN",
              "\u0000",
              "\ufeff",
              "\u00e9",
              "\uffff",
              "\ud83d\udc26",
              " ",
              "\n",
              "\"type\":",
              "\"id\":1,",
              "\"room\":\"r\",",
              "\"data\":{},",
              "\"settings\":{",
              "/*",
              "\u007f",
              "\u0080"));

  private static final Fuzzing FRAMES = new Fuzzing("JSON frames", 32_768, 64);
  private static final Fuzzing VALUES = new Fuzzing("JSON data", 1024, 0);

  private final JsonFrameReader reader = new JsonFrameReader(DEPTH);
  private final BinaryFrameReader binary = new BinaryFrameReader(DEPTH);
  private final JsonCheck check = new JsonCheck(DEPTH);

  @Property(tries = 20_000)
  void frameIsJudgedAsByAnotherParserAndMeansTheSameInBinary(Choices choices) {
    byte[] frame = CORPUS.damaged(choices);
    ClientFrame read = FRAMES.parse(frame.length, () -> reader.read(frame, frame.length));
    assertEquals(Reference.acceptsObject(frame, DEPTH), isWellFormed(read), text(frame));
    switch (read) {
      case ClientFrame.Valid valid -> {
        FRAMES.count("accepted");
        byte[] twin = BinaryTwin.of(valid.message());
        assertEquals(valid, binary.read(twin, twin.length), text(frame));
      }
      case ClientFrame.Refused refused -> FRAMES.count(refused.code().name());
    }
  }

  private static boolean isWellFormed(ClientFrame read) {
    return switch (read) {
      case ClientFrame.Valid valid -> true;
      case ClientFrame.Refused refused ->
          refused.code() != Code.MALFORMED && refused.code() != Code.NOT_UTF8;
    };
  }

  @Property(tries = 20_000)
  void dataIsJudgedAsByAnotherParser(Choices choices) {
    byte[] data = CORPUS.damaged(choices);
    // One level is for the message around it.
    boolean value = VALUES.parse(data.length, () -> check.isValue(Bytes.wrap(data)));
    assertEquals(Reference.acceptsValue(data, DEPTH - 1), value, text(data));
    if (value) {
      assertEquals(Reference.acceptsObject(data, DEPTH - 1), check.isObject(Bytes.wrap(data)));
    }
    VALUES.count(value ? "accepted" : "refused");
  }

  @Property(tries = 2_000)
  void frameIsJudgedTheSameWhateverFollowsItInItsArray(Choices choices) {
    byte[] frame = CORPUS.damaged(choices);
    byte[] longer = Arrays.copyOf(frame, frame.length + 16);
    Arrays.fill(longer, frame.length, longer.length, (byte) choices.nextInt());
    assertEquals(reader.read(frame, frame.length), reader.read(longer, frame.length), text(frame));
  }

  @AfterAll
  static void report() {
    System.out.println(FRAMES);
    System.out.println(VALUES);
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }
}
