package dev.starling.server.ring.seal;

import static dev.starling.server.ring.seal.SealedForm.COUNTER_AT;
import static dev.starling.server.ring.seal.SealedForm.KEY_AT;
import static dev.starling.server.ring.seal.SealedForm.LEAST_BYTES;
import static dev.starling.server.ring.seal.SealedForm.MOST_BYTES;
import static dev.starling.server.ring.seal.SealedForm.NONCE_AT;
import static dev.starling.server.ring.seal.SealedForm.NONCE_BYTES;
import static dev.starling.server.ring.seal.SealedForm.TAG_BITS;
import static dev.starling.server.ring.seal.SealedForm.TEXT_AT;
import static dev.starling.server.ring.seal.SealedForm.VERSION;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens sealed datagrams; throws at none and drops what is not good. Memory is bounded: one buffer,
 * and a window of about 250 bytes for each of the senders heard of last. Only who holds a key adds
 * to them. A datagram of a sender that was forgotten, or from before this node's start, can be
 * repeated once: it then says again what was once true, which the order of facts makes harmless.
 * Not thread-safe.
 *
 * <p>For whom a datagram is, is not authenticated: one that was caught on its way to a node is
 * taken once by every other node that has the key, and answered to wherever it then came from. No
 * name for the receiver is known to both sides: addresses may be translated on the way, answers go
 * where a datagram came from, and the core says endpoints and not nodes. What comes of it is
 * bounded there: a ping that is for another node is refused, an acknowledgement that nobody waits
 * for too, and facts count by their order, whoever brings them. A request to ping in the sender's
 * stead costs one ping, and one answer that only who has a key can read.
 */
public final class Opener {
  private final Cipher cipher = Sealer.newCipher();
  private final byte[] opened = new byte[MOST_BYTES];
  private final DropCounts drops;
  private final Map<Long, ReplayWindow> senders;

  /**
   * @param mostSenders of how many senders it is remembered what came
   * @param drops counts what is dropped
   */
  public Opener(int mostSenders, DropCounts drops) {
    this.drops = drops;
    this.senders =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, ReplayWindow> eldest) {
            return size() > mostSenders;
          }
        };
  }

  /**
   * Opens a datagram.
   *
   * @return the packet, until the next call; null where it was dropped
   */
  public @Nullable ByteBuffer open(KeyRing keys, ByteBuffer datagram) {
    int length = datagram.remaining();
    if (length < LEAST_BYTES || length > MOST_BYTES) {
      return dropped(length < LEAST_BYTES ? Drop.SHORT : Drop.LONG);
    }
    int start = datagram.position();
    if (datagram.get(start) != VERSION) {
      return dropped(Drop.VERSION);
    }
    SealKey key = keys.find(datagram.getInt(start + KEY_AT));
    if (key == null) {
      return dropped(Drop.UNKNOWN_KEY);
    }
    long sender = datagram.getLong(start + NONCE_AT);
    long counter = Integer.toUnsignedLong(datagram.getInt(start + COUNTER_AT));
    ReplayWindow known = senders.get(sender);
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    return switch (window.look(counter)) {
      case SEEN -> dropped(Drop.REPLAYED);
      case OLD -> dropped(Drop.OLD);
      case NEW -> {
        int bytes = decrypt(key, datagram);
        if (bytes < 0) {
          yield dropped(Drop.FORGED);
        }
        window.add(counter);
        senders.putIfAbsent(sender, window);
        yield ByteBuffer.wrap(opened, 0, bytes);
      }
    };
  }

  /** How many senders are remembered. */
  int senders() {
    return senders.size();
  }

  /** The length of what was sealed; negative for a forgery. */
  private int decrypt(SealKey key, ByteBuffer datagram) {
    int start = datagram.position();
    byte[] nonce = new byte[NONCE_BYTES];
    datagram.get(start + NONCE_AT, nonce);
    try {
      cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(datagram.slice(start, TEXT_AT));
      return cipher.doFinal(datagram.position(start + TEXT_AT), ByteBuffer.wrap(opened));
    } catch (AEADBadTagException forged) {
      return -1;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM opens or refuses", impossible);
    }
  }

  private @Nullable ByteBuffer dropped(Drop why) {
    drops.count(why);
    return null;
  }
}
