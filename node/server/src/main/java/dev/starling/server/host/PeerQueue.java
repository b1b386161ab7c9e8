package dev.starling.server.host;

import dev.starling.core.replication.PeerMessage;
import dev.starling.crdt.Bytes;
import dev.starling.proto.replication.PeerWriter;
import java.util.ArrayDeque;

/**
 * What one loop says to a peer about rooms, all in one order. What the link has no room for waits
 * here; where too much does, the link is reset, since nothing may be left out. On that loop only.
 */
final class PeerQueue {
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  private final PeerLink link;
  private final MemoryAccount.Page page;
  private final ArrayDeque<PeerFrame> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long largestBytes;

  PeerQueue(PeerLink link, MemoryAccount.Page page) {
    this.link = link;
    this.page = page;
  }

  PeerLink link() {
    return link;
  }

  /** Sends a message; true where it is the first one that has to wait. */
  boolean send(PeerMessage message) {
    Bytes bytes = Bytes.wrap(PeerWriter.peer(message).toByteArray());
    PeerFrame frame = new PeerFrame(FrameClass.REPLICATION, bytes);
    boolean isFirst = waiting.isEmpty();
    if (!link.isOpen() || (isFirst && link.offer(frame))) {
      return false;
    }
    waiting.add(frame);
    hold(frame.length());
    largestBytes = Math.max(largestBytes, frame.length());
    // A new link would help nobody against a single frame that is larger.
    if (waitingBytes - largestBytes > MOST_BYTES) {
      link.loop().execute(() -> link.reset("too much about rooms waits for you"));
    }
    return isFirst;
  }

  /** The link has room again; whether nothing waits any more. */
  boolean drained() {
    for (PeerFrame next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!link.offer(next)) {
        return false;
      }
      waiting.remove();
      hold(-next.length());
    }
    largestBytes = 0;
    return true;
  }

  /** Drops everything: the link is gone. */
  void clear() {
    waiting.clear();
    hold(-waitingBytes);
  }

  private void hold(long more) {
    waitingBytes += more;
    page.add(more);
  }
}
