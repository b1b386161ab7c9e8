package dev.starling.server.ring.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/** Damaged datagrams: nothing throws, and only what was sealed is opened, once. */
final class OpenerFuzzTest {
  private static final KeyRing KEYS = new KeyRing(List.of(SealTest.key("a"), SealTest.key("b")));
  private static final Fuzzing DATAGRAMS = new Fuzzing("damaged datagrams", 65_536, 64);
  private static final int INPUTS = 3;
  private static final List<byte[]> SEALED = sealed();

  @Property(tries = 20_000)
  void onlySealedDatagramsAreOpenedAndEachOnce(Choices choices) {
    DropCounts drops = new DropCounts();
    Opener opener = new Opener(8, drops);
    Set<ByteBuffer> genuine = new HashSet<>(SEALED.stream().map(ByteBuffer::wrap).toList());
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = damaged(choices);
      boolean isGenuine = genuine.remove(ByteBuffer.wrap(input));
      boolean opened =
          DATAGRAMS.parse(input.length, () -> opener.open(KEYS, ByteBuffer.wrap(input))) != null;
      assertEquals(isGenuine, opened);
      DATAGRAMS.count(opened ? "opened" : "dropped");
    }
    assertTrue(opener.senders() <= 2);
  }

  private static List<byte[]> sealed() {
    List<byte[]> sealed = new ArrayList<>();
    for (int sender = 0; sender < 2; sender++) {
      Sealer sealer = new Sealer(new SecureRandom());
      for (int length : new int[] {0, 100, Sealer.MOST_PACKET}) {
        sealed.add(sealer.seal(KEYS, new byte[length]));
      }
    }
    return sealed;
  }

  private static byte[] damaged(Choices choices) {
    byte[] input = choices.oneOf(SEALED).clone();
    return switch (choices.between(0, 5)) {
      case 0 -> input;
      case 1 -> Arrays.copyOf(input, choices.between(0, 1_500));
      case 2 -> Arrays.copyOfRange(input, choices.between(0, input.length), input.length);
      case 3 -> {
        byte[] other = choices.oneOf(SEALED);
        int length = Math.min(choices.between(0, 64), Math.min(input.length, other.length));
        System.arraycopy(other, 0, input, 0, length);
        yield input;
      }
      case 4 -> {
        choices.nextBytes(input);
        yield input;
      }
      default -> {
        input[choices.nextInt(input.length)] ^= (byte) (1 << choices.between(0, 7));
        yield input;
      }
    };
  }

  @AfterAll
  static void report() {
    System.out.println(DATAGRAMS);
  }
}
