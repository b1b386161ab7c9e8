package dev.starling.server.host;

import dev.starling.membership.NodeId;
import java.util.List;

/**
 * Takes the frames of one class. All calls about one peer come on that peer's loop, in order, and
 * must not block.
 */
public interface PeerUser {
  /** A stream to a peer is open; a former one's {@link #down} came before. */
  void up(PeerLink link);

  /** The stream is gone; what was not received by then is lost, on both sides. */
  void down(PeerLink link);

  /**
   * Frames came, in the order in which they were offered.
   *
   * @param taken to be run once, on any thread, when they take up no memory but what is accounted
   *     for elsewhere: the peer may send no more than a few batches before
   */
  void received(PeerLink link, List<PeerFrame> frames, Runnable taken);

  /** A frame was refused since its queue was full; now the queue is half empty. */
  void roomAgain(PeerLink link);

  /** The ring says that a life of a peer is over; its link is down by now. */
  void gone(NodeId peer);
}
