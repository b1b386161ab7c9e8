package dev.starling.server.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.starling.property.Choices;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.proto.ring.v1.Fact;
import dev.starling.proto.ring.v1.Info;
import dev.starling.proto.ring.v1.Packet;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Messages of streams take little memory, whatever is in them. */
final class RingMethodTest {
  private static final int LONGEST = RingServer.MOST_MESSAGE;

  /** Facts of the largest number; for each byte of a short name a string of some dozens. */
  private static final Fuzzing MESSAGES =
      new Fuzzing("messages of the ring's streams", 2 * 1024 * 1024, 16);

  private static Packet parse(byte[] bytes) {
    return MESSAGES.parse(
        bytes.length,
        () -> RingMethod.EXCHANGE.parseRequest(ByteString.copyFrom(bytes).newInput()));
  }

  /** As many as fit. */
  private static byte[] filledWith(byte[] part) {
    byte[] bytes = new byte[LONGEST / part.length * part.length];
    for (int at = 0; at < bytes.length; at += part.length) {
      System.arraycopy(part, 0, bytes, at, part.length);
    }
    return bytes;
  }

  private static byte[] nested(int field, byte[] content) throws IOException {
    ByteString.Output out = ByteString.newOutput();
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.writeByteArray(field, content);
    coded.flush();
    return out.toByteString().toByteArray();
  }

  private static void assertSaysNothing(byte[] bytes) {
    assertEquals(Packet.getDefaultInstance(), parse(bytes));
  }

  @Test
  void emptyFactsWithoutNumberAreNotBuilt() {
    assertSaysNothing(filledWith(new byte[] {Packet.FACTS_FIELD_NUMBER << 3 | 2, 0}));
  }

  @Test
  void fieldsOfALaterVersionAreNotKept() {
    assertSaysNothing(filledWith(new byte[] {15 << 3, 1}));
  }

  @Test
  void namesOfRegionsAndUrlsWithoutNumberAreNotBuilt() throws IOException {
    for (int field :
        new int[] {
          Info.URLS_FIELD_NUMBER, Info.UNREACHABLE_FIELD_NUMBER, Info.ROLES_FIELD_NUMBER
        }) {
      byte[] texts = filledWith(new byte[] {(byte) (field << 3 | 2), 1, 1});
      assertSaysNothing(nested(Packet.FACTS_FIELD_NUMBER, nested(Fact.INFO_FIELD_NUMBER, texts)));
    }
  }

  @Test
  void fieldThatComesAgainAndAgainIsRefused() throws IOException {
    byte[] names = filledWith(new byte[] {1 << 3 | 2, 1, 'a'});
    assertSaysNothing(names);
    assertSaysNothing(nested(Packet.FROM_FIELD_NUMBER, names));
  }

  @Test
  void packetComesThroughAsItWas() {
    Packet packet =
        Packet.newBuilder()
            .setGroup("west")
            .addFacts(Fact.newBuilder().setInfo(Info.newBuilder().addUrls("wss://a")))
            .build();
    assertEquals(packet, parse(packet.toByteArray()));
  }

  /** Random tags, lengths and pieces of packets, in each other. */
  @Property(tries = 2_000)
  void whateverComesTakesLittleMemory(Choices choices) throws IOException {
    byte[] part = new byte[choices.between(1, 12)];
    choices.nextBytes(part);
    if (choices.between(0, 1) == 0) {
      part[0] = (byte) (choices.between(1, 11) << 3 | 2);
      if (part.length > 1) {
        part[1] = (byte) (part.length - 2);
      }
    }
    byte[] bytes = filledWith(part);
    for (int depth = choices.between(0, 3); depth > 0; depth--) {
      bytes = nested(choices.between(1, 11), bytes);
    }
    parse(Arrays.copyOf(bytes, choices.between(0, bytes.length)));
    MESSAGES.count("read or refused");
  }

  @AfterAll
  static void report() {
    System.out.println(MESSAGES);
  }
}
