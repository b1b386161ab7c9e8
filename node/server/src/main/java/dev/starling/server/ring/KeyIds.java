package dev.starling.server.ring;

import dev.starling.server.ring.seal.KeyRing;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * The header by which two nodes find out whether they understand each other's datagrams, before
 * they take each other in. The peer is known by its certificate; the ids tell nothing of the keys.
 */
final class KeyIds {
  private static final Metadata.Key<byte[]> HEADER =
      Metadata.Key.of("starling-ring-keys-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private KeyIds() {}

  static Metadata headers(KeyRing keys) {
    Metadata headers = new Metadata();
    headers.put(HEADER, keys.ids());
    return headers;
  }

  /** Whether each side opens what the other one seals. */
  static boolean match(Metadata headers, KeyRing keys) {
    byte @Nullable [] theirs = headers.get(HEADER);
    return theirs != null && keys.meets(theirs);
  }
}
