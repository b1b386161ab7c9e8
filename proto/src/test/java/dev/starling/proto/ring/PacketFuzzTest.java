package dev.starling.proto.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.starling.membership.swim.Packet;
import dev.starling.property.Choices;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Damaged packets of nodes: the reader never throws and takes little memory. */
final class PacketFuzzTest {
  private static final int DATAGRAM = 1_200;
  private static final Fuzzing PACKETS = new Fuzzing("packets of nodes", 16_384, 16);

  @Property(tries = 20_000)
  void packetIsReadOrRefusedAndMeansTheSameWrittenAgain(Choices choices) {
    byte[] bytes = damaged(choices, PacketWriter.write(Packets.any(choices)));
    Packet read = PACKETS.parse(bytes.length, () -> PacketReader.read(ByteBuffer.wrap(bytes)));
    PACKETS.count(read == null ? "refused" : "accepted");
    if (read != null) {
      String text = HexFormat.of().formatHex(bytes);
      assertTrue(read.facts().size() <= PacketReader.MAX_FACTS, text);
      assertEquals(read, PacketReader.read(ByteBuffer.wrap(PacketWriter.write(read))), text);
    }
  }

  @Test
  void unknownFieldsTakeNoMemory() {
    ByteString.Output out = ByteString.newOutput();
    for (int field = 2_000; out.size() < DATAGRAM; field++) {
      out.write((field << 3 & 0x7f) | 0x80);
      out.write(((field << 3 >>> 7) & 0x7f) | 0x80);
      out.write(field << 3 >>> 14);
      out.write(1);
    }
    byte[] bytes = out.toByteString().toByteArray();
    Fuzzing memory = new Fuzzing("unknown fields", 4_096, 0);
    for (int i = 0; i < 10; i++) {
      memory.parse(bytes.length, () -> PacketReader.read(ByteBuffer.wrap(bytes)) == null);
    }
  }

  /** Some bytes are other ones, some are gone, some come twice; the end may be missing. */
  private static byte[] damaged(Choices choices, byte[] whole) {
    byte[] bytes = whole;
    for (int i = choices.between(1, 2); i > 0; i--) {
      bytes = damagedOnce(choices, bytes);
    }
    return bytes;
  }

  private static byte[] damagedOnce(Choices choices, byte[] bytes) {
    int from = choices.between(0, bytes.length);
    int to = Math.min(bytes.length, from + choices.between(0, 40));
    ByteBuffer out = ByteBuffer.allocate(bytes.length + to - from);
    switch (choices.between(0, 4)) {
      case 0 -> out.put(bytes, 0, from);
      case 1 -> out.put(bytes, 0, from).put(bytes, to, bytes.length - to);
      case 2 -> out.put(bytes, 0, to).put(bytes, from, bytes.length - from);
      default -> {
        out.put(bytes);
        if (from < bytes.length) {
          out.put(from, (byte) choices.between(0, 255));
        }
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @AfterAll
  static void report() {
    System.out.println(PACKETS);
  }
}
