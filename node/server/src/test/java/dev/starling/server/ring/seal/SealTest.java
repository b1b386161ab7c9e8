package dev.starling.server.ring.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealTest {
  private static final SealKey OLD = key("old");
  private static final SealKey NEW = key("new");
  private static final KeyRing RING = new KeyRing(List.of(OLD));

  private final DropCounts drops = new DropCounts();
  private final Opener opener = new Opener(3, drops);
  private final Sealer sealer = new Sealer(new SecureRandom());

  static SealKey key(String name) {
    return SealKey.of(name, (name + "-0123456789-0123456789-0123456789").getBytes(utf8()));
  }

  private static Charset utf8() {
    return StandardCharsets.UTF_8;
  }

  private byte @Nullable [] open(KeyRing ring, byte[] datagram) {
    ByteBuffer packet = opener.open(ring, ByteBuffer.wrap(datagram));
    if (packet == null) {
      return null;
    }
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return bytes;
  }

  @Test
  void packetComesThroughAndCannotBeReadOnItsWay() {
    byte[] packet = "who is alive".repeat(20).getBytes(utf8());
    byte[] sealed = sealer.seal(RING, packet);
    assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("alive"));
    assertArrayEquals(packet, open(RING, sealed));
  }

  @Test
  void largestPacketOfTheCoreFitsIntoTheLongestDatagram() {
    assertTrue(Sealer.MOST_PACKET >= 1_160);
    byte[] sealed = sealer.seal(RING, new byte[Sealer.MOST_PACKET]);
    assertEquals(1_200, sealed.length);
    assertNotNull(open(RING, sealed));
    assertThrows(
        IllegalArgumentException.class, () -> sealer.seal(RING, new byte[Sealer.MOST_PACKET + 1]));
  }

  @Test
  void datagramIsTakenOnceHoweverOftenItComes() {
    byte[] sealed = sealer.seal(RING, new byte[8]);
    assertNotNull(open(RING, sealed));
    assertNull(open(RING, sealed));
    assertNull(open(RING, sealed));
    assertEquals(2, drops.of(Drop.REPLAYED));
  }

  @Test
  void datagramsMayOvertakeEachOtherWithinTheWindow() {
    byte[] first = sealer.seal(RING, new byte[1]);
    byte[] second = sealer.seal(RING, new byte[2]);
    for (int i = 2; i < ReplayWindow.SIZE; i++) {
      sealer.seal(RING, new byte[3]);
    }
    assertNotNull(open(RING, sealer.seal(RING, new byte[4])));
    assertNull(open(RING, first));
    assertEquals(1, drops.of(Drop.OLD));
    assertNotNull(open(RING, second));
    assertNull(open(RING, second));
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] sealed = sealer.seal(RING, new byte[5]);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertNull(open(RING, changed));
    }
    assertNotNull(open(RING, sealed));
  }

  @Test
  void shortLongAndStrangeDatagramsAreDroppedUnread() {
    byte[] sealed = sealer.seal(RING, new byte[0]);
    assertNull(open(RING, Arrays.copyOf(sealed, sealed.length - 1)));
    assertNull(open(RING, new byte[0]));
    assertNull(open(RING, new byte[1_201]));
    assertNull(open(new KeyRing(List.of(NEW)), sealed));
    sealed[0] = 2;
    assertNull(open(RING, sealed));
    assertEquals("SHORT=2 LONG=1 VERSION=1 UNKNOWN_KEY=1", drops.toString());
  }

  @Test
  void keysChangeWithoutAGap() {
    KeyRing added = new KeyRing(List.of(OLD, NEW));
    KeyRing moved = new KeyRing(List.of(NEW, OLD));
    KeyRing removed = new KeyRing(List.of(NEW));
    assertNotNull(open(added, sealer.seal(RING, new byte[1])));
    assertNotNull(open(added, sealer.seal(moved, new byte[1])));
    assertNotNull(open(moved, sealer.seal(added, new byte[1])));
    assertNotNull(open(moved, sealer.seal(removed, new byte[1])));
    assertNull(open(removed, sealer.seal(RING, new byte[1])));
  }

  @Test
  void beforeTheCounterBeginsAgainTheSenderIsAnother() {
    Sealer ending = new Sealer(new SecureRandom(), -2);
    Set<ByteBuffer> nonces = new HashSet<>();
    Set<Long> senders = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      byte[] sealed = ending.seal(RING, new byte[1]);
      nonces.add(ByteBuffer.wrap(sealed, SealedForm.NONCE_AT, SealedForm.NONCE_BYTES).slice());
      senders.add(ByteBuffer.wrap(sealed).getLong(SealedForm.NONCE_AT));
      assertNotNull(open(RING, sealed));
    }
    assertEquals(4, nonces.size());
    assertEquals(2, senders.size());
  }

  @Test
  void onlyTheLastSendersAreRememberedAndForgeriesAddNone() {
    byte[] forged = new Sealer(new SecureRandom()).seal(RING, new byte[1]);
    forged[forged.length - 1] ^= 1;
    assertNull(open(RING, forged));
    assertEquals(0, opener.senders());
    for (int i = 0; i < 10; i++) {
      assertNotNull(open(RING, new Sealer(new SecureRandom()).seal(RING, new byte[1])));
    }
    assertEquals(3, opener.senders());
  }

  @Test
  void secretsAreNotInWhatIsPrinted() {
    assertEquals("KeyRing[keys=[SealKey[old]]]", RING.toString());
    assertNotEquals(OLD.id(), NEW.id());
  }

  @Test
  void fileGivesTheKeysInItsOrderAndSaysWhereItIsWrong(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ring.keys");
    Files.writeString(file, "# keys\n\nb=" + "y".repeat(32) + "\na=" + "x".repeat(32) + "\n");
    assertEquals("KeyRing[keys=[SealKey[b], SealKey[a]]]", KeyFile.read(file).toString());
    Files.writeString(file, "b=" + "y".repeat(31));
    String message = assertThrows(IOException.class, () -> KeyFile.read(file)).toString();
    assertTrue(message.contains("ring.keys:1 "), message);
    assertFalse(message.contains("yyy"), message);
    Files.writeString(file, "");
    assertThrows(IOException.class, () -> KeyFile.read(file));
  }
}
