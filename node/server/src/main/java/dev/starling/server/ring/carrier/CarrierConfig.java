package dev.starling.server.ring.carrier;

import dev.starling.server.host.FrameClass;

/**
 * How much may wait for one peer, in bytes; a single frame may be larger where nothing else waits.
 *
 * @param relayBytes of {@link FrameClass#RELAY}
 * @param replicationBytes of {@link FrameClass#REPLICATION}
 * @param inquiryBytes of {@link FrameClass#INQUIRY}
 */
public record CarrierConfig(long relayBytes, long replicationBytes, long inquiryBytes) {
  /** The largest frame, in bytes: a client's largest message for many receivers, or a room. */
  public static final int MOST_FRAME = 17 * 1024 * 1024;

  public CarrierConfig {
    if (Math.min(relayBytes, Math.min(replicationBytes, inquiryBytes)) < 1) {
      throw new IllegalArgumentException("bounds are at least 1");
    }
  }

  long bytes(FrameClass kind) {
    return switch (kind) {
      case RELAY -> relayBytes;
      case REPLICATION -> replicationBytes;
      case INQUIRY -> inquiryBytes;
    };
  }
}
