package dev.starling.server.wiring;

import dev.starling.membership.VersionRange;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingNode;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who comes, goes and falls silent.
 *
 * @param region this node's; whole regions that are cut off are a line of the ring's own
 * @param versions of the protocol between nodes, which this node speaks
 */
record RingLog(String region, VersionRange versions) implements Consumer<RingEvent> {
  private static final Logger log = LoggerFactory.getLogger(RingLog.class);

  @Override
  public void accept(RingEvent event) {
    RingNode node = event.node();
    String name = node.id().name();
    switch (event) {
      case RingEvent.Came came -> came(node);
      case RingEvent.Gone gone -> log.info("{} of {} is gone", name, node.info().region());
      case RingEvent.Reached reached -> {
        if (node.info().region().equals(region)) {
          log.info("{} {}", name, node.reachable() ? "is reachable again" : "is suspected");
        }
      }
      case RingEvent.Described described -> log.debug("{} says of itself: {}", name, node.info());
    }
  }

  /** What a node speaks doesn't change while it lives. */
  private void came(RingNode node) {
    String name = node.id().name();
    log.info("{} of {} is there", name, node.info().region());
    VersionRange theirs = node.info().versions();
    if (!versions.meets(theirs)) {
      log.warn(
          "{} speaks versions {} to {} between nodes, this one {} to {}; upgrade in steps that have"
              + " one in common",
          name,
          theirs.oldest(),
          theirs.newest(),
          versions.oldest(),
          versions.newest());
    }
  }
}
