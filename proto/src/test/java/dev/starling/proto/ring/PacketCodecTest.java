package dev.starling.proto.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.Sizes;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.nio.ByteBuffer;

class PacketCodecTest {
  @Property(tries = 2_000)
  void whatIsWrittenIsReadAgain(Choices choices) {
    Packet packet = Packets.any(choices);
    assertEquals(packet, PacketReader.read(ByteBuffer.wrap(PacketWriter.write(packet))));
  }

  @Property(tries = 2_000)
  void packetsAreNoLongerThanTheCoreReckons(Choices choices) {
    Packet packet = Packets.any(choices);
    int reckoned = Sizes.PACKET + packet.facts().stream().mapToInt(Sizes::of).sum();
    int written = PacketWriter.write(packet).length;
    assertTrue(written <= reckoned, () -> written + " bytes, reckoned " + reckoned);
  }

  @Property(tries = 2_000)
  void noFactIsLargerThanTheLargest(Choices choices) {
    Fact fact = Packets.fact(choices);
    assertTrue(Sizes.of(fact) <= Sizes.LARGEST_FACT, fact::toString);
  }

  @Property(tries = 5_000)
  void mutatedPacketsAreReadOrRefused(Choices choices) {
    byte[] bytes = PacketWriter.write(Packets.any(choices));
    for (int i = choices.between(1, 8); i > 0; i--) {
      bytes[choices.between(0, bytes.length - 1)] = (byte) choices.between(0, 255);
    }
    int length = choices.nextBoolean() ? bytes.length : choices.between(0, bytes.length);
    Packet read = PacketReader.read(ByteBuffer.wrap(bytes, 0, length));
    assertTrue(read == null || read.facts().size() <= PacketReader.MAX_FACTS);
  }
}
