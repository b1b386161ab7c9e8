package dev.starling.server.ring.carrier;

import dev.starling.server.host.PeerFrame;
import java.util.List;

/**
 * What one message of a stream carries.
 *
 * @param malformed whether a peer sent something that is no batch; then there are no frames
 */
record Batch(List<PeerFrame> frames, boolean malformed) {
  static final Batch MALFORMED = new Batch(List.of(), true);

  Batch(List<PeerFrame> frames) {
    this(frames, false);
  }
}
