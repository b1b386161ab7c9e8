package dev.starling.server.auth;

import com.nimbusds.jose.JWSHeader;
import java.util.List;

/**
 * All keys that tokens may be signed with at one time. Immutable; a change makes a new one, and
 * rings are equal where they hold the very same keys.
 *
 * @param keys in the order in which they are tried
 * @param complete whether every source of keys has been read at least once
 */
record KeyRing(List<VerificationKey> keys, boolean complete) {
  /** A token that doesn't say which key it means costs at most so many checks. */
  private static final int MAX_TRIES = 8;

  KeyRing {
    keys = List.copyOf(keys);
  }

  /** The keys to try, perhaps none. */
  List<VerificationKey> candidates(JWSHeader header) {
    return keys.stream().filter(key -> key.fits(header)).limit(MAX_TRIES).toList();
  }
}
