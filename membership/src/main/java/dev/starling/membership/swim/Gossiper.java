package dev.starling.membership.swim;

import dev.starling.membership.swim.SwimMessage.News;

/** Sends news to a few random members every tick, and is silent when there is none. */
final class Gossiper {
  private final SwimContext node;
  private long lastTickNanos;

  Gossiper(SwimContext node) {
    this.node = node;
    this.lastTickNanos = node.now();
  }

  void run() {
    if (node.takeUrgent() || nextNanos() <= node.now()) {
      tick();
    }
  }

  long nextNanos() {
    boolean silent = node.gossip.isEmpty() || node.table.living().isEmpty();
    return silent ? SwimContext.NEVER : lastTickNanos + node.config.gossip().tickNanos();
  }

  private void tick() {
    lastTickNanos = node.now();
    for (Member member :
        node.table.sample(node.config.gossip().fanOut(), node.random, any -> true)) {
      if (!node.gossip.isEmpty()) {
        node.datagram(member.info().datagrams(), new News());
      }
    }
  }
}
