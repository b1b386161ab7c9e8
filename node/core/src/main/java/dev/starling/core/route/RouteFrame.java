package dev.starling.core.route;

import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.session.Relay.Fate;
import java.util.List;

/** What nodes say to each other about deliveries. */
public sealed interface RouteFrame {
  /** How many receivers a frame names at most. */
  int MOST_RECEIVERS = 1_024;

  /**
   * Sender's node to the receivers': a signal or a broadcast.
   *
   * @param from the sender's public id
   * @param id the sender's request id
   * @param to the receivers, at least one
   */
  record Deliver(String from, long id, List<String> to, Event event) implements RouteFrame {}

  /** Sender's node to the receivers': take it back where that is possible, and say what it is. */
  record Withdraw(String from, long id, List<String> to) implements RouteFrame {}

  /**
   * Receiver's node to the sender's: what became of a delivery.
   *
   * @param from the receiver's public id
   * @param id the sender's request id
   * @param to the sender
   */
  record Outcome(String from, long id, String to, Fate fate) implements RouteFrame {}
}
