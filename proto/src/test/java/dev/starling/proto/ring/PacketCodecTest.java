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
}
