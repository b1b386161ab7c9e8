package dev.starling.proto.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.starling.core.protocol.Code;
import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.proto.BinaryTwin;
import dev.starling.proto.ClientFrame;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Damaged frames: the reader never throws, takes little memory, and calls malformed what the
 * generated parser does, over another of its ways to read.
 */
final class BinaryReaderFuzzTest {
  private static final Corpus CORPUS =
      Corpus.hex(
          BinaryReaderFuzzTest.class,
          "frames.hex",
          List.of(
              "00",
              "80",
              "ff",
              "0801",
              "1201",
              "1a00",
              "22",
              "2a",
              "32",
              "3a",
              "42",
              "4a",
              "52",
              "5a",
              "62",
              "6200",
              "0b",
              "0c",
              "a306",
              "a406",
              "a80601",
              "ffffffff07",
              "ffffffff0f",
              "ffffffffffffffffff01",
              "ffffffffffffffffffff01",
              "7b7d",
              "c080",
              "eda080",
              "efbbbf"));

  private static final Fuzzing FRAMES = new Fuzzing("binary frames", 16_384, 64);

  private static final Parser<dev.starling.proto.v1.ClientMessage> SKIPPING =
      DiscardUnknownFieldsParser.wrap(dev.starling.proto.v1.ClientMessage.parser());

  private final BinaryFrameReader reader = new BinaryFrameReader(8);

  @Property(tries = 20_000)
  void frameIsJudgedAsByTheGeneratedParserAndMeansTheSameWrittenAgain(Choices choices) {
    byte[] frame = CORPUS.damaged(choices);
    ClientFrame read = FRAMES.parse(frame.length, () -> reader.read(frame, frame.length));
    String text = HexFormat.of().formatHex(frame);
    switch (read) {
      case ClientFrame.Valid valid -> {
        FRAMES.count("accepted");
        byte[] again = BinaryTwin.of(valid.message());
        assertEquals(valid, reader.read(again, again.length), text);
        assertTrue(isParsed(frame), text);
      }
      case ClientFrame.Refused refused -> {
        FRAMES.count(refused.code().name());
        assertEquals(isParsed(frame), refused.code() != Code.MALFORMED, text);
      }
    }
  }

  @Test
  void unknownFieldsTakeNoMemory() {
    ByteString.Output out = ByteString.newOutput();
    for (int field = 100; field < 10_000; field++) {
      for (int tag = field << 3; tag != 0; tag >>>= 7) {
        out.write(tag < 0x80 ? tag : (tag & 0x7f) | 0x80);
      }
      out.write(1);
    }
    byte[] frame = out.toByteString().toByteArray();
    Fuzzing memory = new Fuzzing("unknown fields", 4096, 0);
    for (int i = 0; i < 10; i++) {
      memory.parse(frame.length, () -> reader.read(frame, frame.length));
    }
  }

  private static boolean isParsed(byte[] frame) {
    try {
      // Skipping is stricter than keeping with overlong numbers, and skipping is what is done.
      return SKIPPING.parseFrom(new ByteArrayInputStream(frame)).isInitialized();
    } catch (InvalidProtocolBufferException malformed) {
      return false;
    }
  }

  @AfterAll
  static void report() {
    System.out.println(FRAMES);
  }
}
