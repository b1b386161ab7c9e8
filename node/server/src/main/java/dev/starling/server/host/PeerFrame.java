package dev.starling.server.host;

import dev.starling.crdt.Bytes;

/**
 * One message between nodes, opaque to what carries it.
 *
 * @param head its first part, which is all of it where it came from a peer
 * @param body its second part, such as a client's payload: a window that is written as it is
 */
public record PeerFrame(FrameClass kind, Bytes head, Bytes body) {
  /** A frame in one piece. */
  public PeerFrame(FrameClass kind, Bytes whole) {
    this(kind, whole, Bytes.EMPTY);
  }

  /** How many bytes it has. */
  public int length() {
    return head.length() + body.length();
  }
}
