package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimOutput.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pings sent in others' stead: an answer is passed on, and silence is told by a {@link Nack}. */
final class Relays {
  /** Numbers of relayed pings are negative, so that they never meet those of probes. */
  private final Map<Long, Relay> running = new LinkedHashMap<>();

  private final SwimContext node;
  private long sequence;

  private record Relay(Endpoint asker, long number, NodeId target, long deadlineNanos) {}

  Relays(SwimContext node) {
    this.node = node;
  }

  int size() {
    return running.size();
  }

  /** Pings a member in another's stead. */
  void request(Endpoint asker, PingRequest request) {
    Member target = node.table.get(request.target().name());
    if (target == null || !target.id().equals(request.target())) {
      refuse(asker, request, Reason.UNKNOWN_NODE);
    } else if (running.size() >= node.config.bounds().relays()) {
      refuse(asker, request, Reason.BUSY);
    } else {
      relay(asker, request, target);
    }
  }

  private void refuse(Endpoint asker, PingRequest request, Reason reason) {
    node.reject(reason);
    node.datagram(asker, new Nack(request.sequence()));
  }

  private void relay(Endpoint asker, PingRequest request, Member target) {
    long deadline = node.now() + request.budgetMillis() * 1_000_000L;
    long number = --sequence;
    running.put(number, new Relay(asker, request.sequence(), request.target(), deadline));
    node.datagram(target.info().datagrams(), new Ping(number, request.target()));
  }

  /** Whether this answers one of the relayed pings; then it is passed on. */
  boolean ack(long number, NodeId from) {
    Relay relay = running.get(number);
    if (relay == null || !relay.target().equals(from)) {
      return false;
    }
    running.remove(number);
    node.datagram(relay.asker(), new Ack(relay.number()));
    return true;
  }

  void run() {
    List<Long> over = new ArrayList<>();
    running.forEach((number, relay) -> {
      if (relay.deadlineNanos() <= node.now()) {
        over.add(number);
        node.datagram(relay.asker(), new Nack(relay.number()));
      }
    });
    over.forEach(running::remove);
  }

  long nextNanos() {
    long next = SwimContext.NEVER;
    for (Relay relay : running.values()) {
      next = Math.min(next, relay.deadlineNanos());
    }
    return next;
  }
}
