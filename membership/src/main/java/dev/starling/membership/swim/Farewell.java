package dev.starling.membership.swim;

import dev.starling.membership.swim.SwimOutput.Departed;

/** Says goodbye: the news that this node left is spread like any other, and then it is gone. */
final class Farewell {
  /** Longer than the news needs in any group: ticks are sent while there is something to tell. */
  private static final int MOST_TICKS = 20;

  private final SwimContext node;
  private final Refutation refutation;
  private long endNanos = SwimContext.NEVER;
  private boolean over;

  Farewell(SwimContext node, Refutation refutation) {
    this.node = node;
    this.refutation = refutation;
  }

  void begin() {
    if (!refutation.isLeaving()) {
      refutation.leave();
      endNanos = node.now() + MOST_TICKS * node.config.gossip().tickNanos();
    }
  }

  void run() {
    boolean told = node.gossip.isEmpty() || node.table.living().isEmpty();
    if (refutation.isLeaving() && !over && (told || node.now() >= endNanos)) {
      over = true;
      node.emit(new Departed());
    }
  }

  boolean isOver() {
    return over;
  }

  long nextNanos() {
    return endNanos;
  }
}
