package dev.starling.proto.replication;

/** Bounds of what a message between owners may hold; lengths of texts in UTF-16 units. */
public final class ReplicationBounds {
  /** A whole message, in bytes: a room of 10,000 members takes a tenth of it. */
  public static final int MESSAGE_BYTES = 16 * 1024 * 1024;

  /** Replicas in a message. */
  public static final int REPLICAS = 4_096;

  /** Ranges of dots in a message. */
  public static final int RANGES = 262_144;

  /** Regions that a room is pinned to. */
  public static final int REGIONS = 64;

  /** Any text: names, ids, keys. */
  public static final int TEXT = 512;

  private ReplicationBounds() {}
}
