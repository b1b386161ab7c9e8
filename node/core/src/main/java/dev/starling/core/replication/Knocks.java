package dev.starling.core.replication;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * In which owner's lobby those wait of whom moderators here were told. Bounded: the eldest go. Not
 * thread-safe.
 */
final class Knocks {
  private static final int MOST = 256;

  private final LinkedHashMap<String, String> owners = new LinkedHashMap<>();

  void heard(String session, String owner) {
    owners.putLast(session, owner);
    if (owners.size() > MOST) {
      owners.pollFirstEntry();
    }
  }

  /** The owner whose lobby a session waits in; null where that isn't known. */
  @Nullable String ownerOf(String session) {
    return owners.get(session);
  }
}
