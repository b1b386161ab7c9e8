package dev.starling.server.store;

/** What a store is up to. Only in {@link #READY} it takes writes. */
public enum StoreState {
  /** It is being opened, or its rooms are being read. */
  OPENING(true),
  /** It reads and writes. */
  READY(true),
  /** The disk is full. Writes are refused until there is room again. */
  FULL(true),
  /** Another process has the directory. */
  LOCKED(true),
  /** The directory isn't there and can't be made. */
  MISSING(true),
  /** The directory can be read but not written. */
  READ_ONLY(true),
  /** The directory is another cluster's or region's, or holds something else than a store. */
  FOREIGN(false),
  /** A newer version wrote it. */
  NEWER(false),
  /** What is on the disk can't be read. */
  CORRUPT(false),
  /** The disk or the engine fails in another way. */
  FAILED(true),
  /** It was closed. */
  CLOSED(false);

  private final boolean retried;

  StoreState(boolean retried) {
    this.retried = retried;
  }

  /** Whether the store comes back by itself once the cause is gone; else the node must restart. */
  public boolean retried() {
    return retried;
  }
}
