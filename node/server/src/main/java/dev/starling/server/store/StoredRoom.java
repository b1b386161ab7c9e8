package dev.starling.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a room.
 *
 * @param folded the snapshot's number, which is above those of the deltas in it; 0 without one
 * @param deltas those from {@code folded + 1} on
 * @param damage why there is no more, or null where this is all
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record StoredRoom(
    String name,
    byte @Nullable [] snapshot,
    long folded,
    List<byte[]> deltas,
    @Nullable String damage) {
  boolean empty() {
    return snapshot == null && deltas.isEmpty();
  }

  long last() {
    return folded + deltas.size();
  }
}
