package dev.starling.server.host;

import dev.starling.membership.NodeId;
import io.netty.util.concurrent.EventExecutor;

/**
 * A stream to one life of a peer, from {@link PeerUser#up} to {@link PeerUser#down}. What was
 * offered and not received by then is lost; the next stream is another link.
 */
public interface PeerLink {
  /** At the other end. */
  NodeId peer();

  /** The loop on which its users are told everything about the peer; the same for all its links. */
  EventExecutor loop();

  /** Whether it is still up; from any thread. */
  boolean isOpen();

  /**
   * Sends a frame after all those of its class that were offered before; from any thread.
   *
   * @return false where the link is down or the class's queue is full, and nothing was kept; where
   *     it was full, {@link PeerUser#roomAgain} follows
   */
  boolean offer(PeerFrame frame);

  /** Ends the stream, so that both sides say again what counts over the next; on its loop. */
  void reset(String why);
}
