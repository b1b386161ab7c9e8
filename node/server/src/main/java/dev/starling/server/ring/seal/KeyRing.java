package dev.starling.server.ring.seal;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in force; immutable. The first one seals, all of them open, so that keys are changed
 * without a gap: a new one is added behind the old one everywhere, then put first, and then the old
 * one is taken out.
 *
 * @param keys 1 to {@value #MOST}
 */
public record KeyRing(List<SealKey> keys) {
  /** How many keys there may be at a time. */
  public static final int MOST = 8;

  public KeyRing {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " keys, not " + keys.size());
    }
    if (keys.stream().map(SealKey::id).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("a key is there twice");
    }
  }

  /** The ids of all keys, four bytes each, the sealing one first. */
  public byte[] ids() {
    ByteBuffer ids = ByteBuffer.allocate(keys.size() * Integer.BYTES);
    keys.forEach(key -> ids.putInt(key.id()));
    return ids.array();
  }

  /**
   * Whether this ring opens what another one seals, and the other way round.
   *
   * @param ids the other one's {@link #ids}; anything else doesn't meet
   */
  public boolean meets(byte[] ids) {
    if (ids.length == 0 || ids.length % Integer.BYTES != 0 || ids.length > MOST * Integer.BYTES) {
      return false;
    }
    IntBuffer theirs = ByteBuffer.wrap(ids).asIntBuffer();
    boolean opened = false;
    for (int i = 0; i < theirs.limit(); i++) {
      opened |= theirs.get(i) == sealing().id();
    }
    return opened && find(theirs.get(0)) != null;
  }

  /** The key that seals. */
  SealKey sealing() {
    return keys.getFirst();
  }

  /** The key with an id; null where it is none of these. */
  @Nullable SealKey find(int id) {
    for (SealKey key : keys) {
      if (key.id() == id) {
        return key;
      }
    }
    return null;
  }
}
