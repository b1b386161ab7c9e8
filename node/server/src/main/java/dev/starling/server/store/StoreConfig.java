package dev.starling.server.store;

import java.nio.file.Path;

/**
 * How a store works.
 *
 * @param directory made if its parent exists; used by one process at a time
 * @param foldDeltas after so many deltas a room's snapshot is due
 * @param foldBytes after so many bytes of deltas a room's snapshot is due
 * @param queueWrites so many writes wait at most; more are refused
 * @param queueBytes so many bytes wait at most; more are refused
 * @param recordBytes a delta, snapshot or record is at most this long; longer ones are refused
 * @param retryMillis how often a store that can't be used is tried again
 */
public record StoreConfig(
    Path directory,
    StoreIdentity identity,
    StoreSync sync,
    int foldDeltas,
    int foldBytes,
    int queueWrites,
    int queueBytes,
    int recordBytes,
    int retryMillis) {
  private static final int MEBIBYTE = 1 << 20;

  public StoreConfig {
    positive("foldDeltas", foldDeltas);
    positive("foldBytes", foldBytes);
    positive("queueWrites", queueWrites);
    positive("queueBytes", queueBytes);
    positive("recordBytes", recordBytes);
    positive("retryMillis", retryMillis);
  }

  /** Bounds that suit rooms of some hundred members. */
  public static StoreConfig of(Path directory, StoreIdentity identity, StoreSync sync) {
    return new StoreConfig(
        directory, identity, sync, 64, MEBIBYTE, 16_384, 32 * MEBIBYTE, 16 * MEBIBYTE, 5_000);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", at least 1 is needed");
    }
  }
}
