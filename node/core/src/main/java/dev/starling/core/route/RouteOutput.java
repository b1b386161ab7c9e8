package dev.starling.core.route;

import dev.starling.core.session.Relay;

/** What is to be done between this node and a peer. */
public sealed interface RouteOutput {
  /** Send to the peer, after what was sent before. */
  record Carry(RouteFrame frame) implements RouteOutput {}

  /**
   * End the stream, so that both sides say again what counts over the next: something that must
   * arrive has no place on this one.
   */
  record Reset() implements RouteOutput {}

  /** Say to a session of this node; where it isn't here, a delivery's fate is ABSENT. */
  record Hand(String to, Relay relay) implements RouteOutput {}
}
