package dev.starling.server.ring.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that the nodes of a cluster share. The AES key and its id are derived from the secret by
 * HKDF (RFC 5869), so that the id, which every datagram shows, tells nothing of the key, and the
 * same secret may serve another purpose. Never printed.
 */
public final class SealKey {
  /** The shortest secret, in bytes. */
  public static final int LEAST_SECRET = 32;

  private static final int KEY_BYTES = 32;
  private static final byte[] KEY_LABEL = label("starling ring datagrams 1 key");
  private static final byte[] ID_LABEL = label("starling ring datagrams 1 id");

  private final String name;
  private final int id;
  private final SecretKey key;

  private SealKey(String name, int id, SecretKey key) {
    this.name = name;
    this.id = id;
    this.key = key;
  }

  /**
   * The key of a secret.
   *
   * @param name what operators call it
   * @param secret at least {@value #LEAST_SECRET} random bytes
   */
  public static SealKey of(String name, byte[] secret) {
    if (secret.length < LEAST_SECRET) {
      throw new IllegalArgumentException("a key has at least " + LEAST_SECRET + " bytes");
    }
    byte[] derived = derive(secret, KEY_LABEL, KEY_BYTES);
    SecretKey key = new SecretKeySpec(derived, "AES");
    Arrays.fill(derived, (byte) 0);
    int id = ByteBuffer.wrap(derive(secret, ID_LABEL, Integer.BYTES)).getInt();
    return new SealKey(name, id, key);
  }

  /** What operators call it. */
  public String name() {
    return name;
  }

  int id() {
    return id;
  }

  SecretKey key() {
    return key;
  }

  private static byte[] derive(byte[] secret, byte[] label, int bytes) {
    try {
      AlgorithmParameterSpec spec =
          HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(label, bytes);
      return KDF.getInstance("HKDF-SHA256").deriveData(spec);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("HKDF-SHA256 comes with every JDK 25", absent);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "SealKey[" + name + "]";
  }
}
