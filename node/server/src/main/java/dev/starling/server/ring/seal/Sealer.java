package dev.starling.server.ring.seal;

import static dev.starling.server.ring.seal.SealedForm.CIPHER;
import static dev.starling.server.ring.seal.SealedForm.COUNTER_AT;
import static dev.starling.server.ring.seal.SealedForm.KEY_AT;
import static dev.starling.server.ring.seal.SealedForm.NONCE_AT;
import static dev.starling.server.ring.seal.SealedForm.NONCE_BYTES;
import static dev.starling.server.ring.seal.SealedForm.TAG_BITS;
import static dev.starling.server.ring.seal.SealedForm.TEXT_AT;
import static dev.starling.server.ring.seal.SealedForm.VERSION;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals the datagrams of one node; not thread-safe.
 *
 * <p>No nonce is used twice with a key. It is a sender number of 64 random bits, drawn at every
 * start, and a counter of 32 bits that only rises, across changes of the key too; before the
 * counter would begin again a new sender number is drawn. So two nonces are equal only where two
 * draws were: with a million draws under one key (a thousand nodes started a thousand times) that
 * has a probability of 2⁻²⁵, and a change of the key begins anew.
 */
public final class Sealer {
  /** The longest packet that can be sealed, in bytes. */
  public static final int MOST_PACKET = SealedForm.MOST_BYTES - SealedForm.LEAST_BYTES;

  private static final int LAST_COUNTER = -1;

  private final SecureRandom random;
  private final Cipher cipher;
  private long sender;
  private int counter;

  public Sealer(SecureRandom random) {
    this(random, 0);
  }

  /**
   * @param counter where to begin, unsigned; for tests of the last one
   */
  Sealer(SecureRandom random, int counter) {
    this.random = random;
    this.cipher = newCipher();
    this.sender = random.nextLong();
    this.counter = counter;
  }

  static Cipher newCipher() {
    try {
      return Cipher.getInstance(CIPHER);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("AES-GCM comes with every JDK", absent);
    }
  }

  /**
   * Seals a packet with the ring's first key.
   *
   * @throws IllegalArgumentException where it is longer than {@link #MOST_PACKET}
   */
  public byte[] seal(KeyRing keys, byte[] packet) {
    if (packet.length > MOST_PACKET) {
      throw new IllegalArgumentException("a packet of " + packet.length + " bytes");
    }
    SealKey key = keys.sealing();
    byte[] sealed = new byte[SealedForm.LEAST_BYTES + packet.length];
    sealed[0] = VERSION;
    ByteBuffer.wrap(sealed)
        .putInt(KEY_AT, key.id())
        .putLong(NONCE_AT, sender)
        .putInt(COUNTER_AT, counter);
    encrypt(key, packet, sealed);
    advance();
    return sealed;
  }

  private void encrypt(SealKey key, byte[] packet, byte[] sealed) {
    try {
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key.key(),
          new GCMParameterSpec(TAG_BITS, sealed, NONCE_AT, NONCE_BYTES));
      cipher.updateAAD(sealed, 0, TEXT_AT);
      cipher.doFinal(packet, 0, packet.length, sealed, TEXT_AT);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM takes every packet", impossible);
    }
  }

  private void advance() {
    if (counter == LAST_COUNTER) {
      sender = random.nextLong();
    }
    counter++;
  }
}
