package dev.starling.core.route;

import dev.starling.core.session.Relay;
import java.util.List;

/** What can happen between this node and a peer. */
public sealed interface RouteInput {
  /**
   * A session of this node says something to sessions of the peer.
   *
   * @param to in ascending order; one for an outcome
   */
  record Said(Relay relay, List<String> to) implements RouteInput {}

  /** The peer said something. */
  record Arrived(RouteFrame frame) implements RouteInput {}

  /**
   * There is no place for a frame on the way to the peer; neither it nor any that the same step
   * wanted sent after it was.
   */
  record Refused(RouteFrame frame) implements RouteInput {}

  /** A stream to a life of the peer is open; what a former one held is lost. */
  record Up(long generation) implements RouteInput {}

  /** The stream is gone. */
  record Down() implements RouteInput {}

  /** A life of the peer is over. */
  record Gone(long generation) implements RouteInput {}
}
