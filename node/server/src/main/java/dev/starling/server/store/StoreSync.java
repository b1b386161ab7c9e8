package dev.starling.server.store;

/** When a write counts as written. */
public enum StoreSync {
  /** Once the operating system has it: it outlives the process, but not a loss of power. */
  PROCESS,
  /** Once the disk has it, for each batch. */
  DISK
}
