package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.swim.SwimOutput.Joined;
import dev.starling.membership.swim.SwimOutput.Unreached;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the group: calls seeds until one answers, again when nobody is left, and now and then one
 * that nobody knows, so that two groups which started apart become one.
 */
final class Joining {
  private static final int SEEDS_AT_ONCE = 3;

  private final SwimContext node;
  private final Refutation refutation;
  private final AntiEntropy antiEntropy;
  private List<Endpoint> seeds = List.of();
  private long nextNanos = SwimContext.NEVER;
  private long waitNanos;
  private int attempts;
  private boolean joined;

  Joining(SwimContext node, Refutation refutation, AntiEntropy antiEntropy) {
    this.node = node;
    this.refutation = refutation;
    this.antiEntropy = antiEntropy;
    this.waitNanos = node.config.repair().retryLeastNanos();
  }

  /** Takes new seeds, and calls some at once. */
  void seek(List<Endpoint> endpoints) {
    Endpoint own = node.selfInfo().streams();
    seeds = endpoints.stream().filter(seed -> !seed.equals(own)).distinct().toList();
    if (seeds.isEmpty()) {
      join();
    } else {
      nextNanos = node.now();
    }
  }

  /** A node of the group answered, or this node is the first one of its group. */
  void join() {
    refutation.becomeKnown();
    attempts = 0;
    waitNanos = node.config.repair().retryLeastNanos();
    if (!joined) {
      // Only once: the tables that come all the time must not put off the look for others for ever.
      nextNanos =
          seeds.isEmpty() ? SwimContext.NEVER : node.now() + node.config.repair().seedNanos();
      joined = true;
      node.emit(new Joined());
    }
  }

  long nextNanos() {
    return nextNanos;
  }

  void run() {
    if (nextNanos > node.now()) {
      return;
    }
    if (joined && !node.table.living().isEmpty()) {
      nextNanos = node.now() + node.config.repair().seedNanos();
      callUnknown();
    } else {
      callSome();
    }
  }

  private void callSome() {
    if (attempts > 0) {
      node.emit(new Unreached(attempts));
    }
    attempts++;
    // Jitter: nodes that lost the same seed don't come back together.
    nextNanos = node.now() + waitNanos / 2 + node.random.nextLong(waitNanos / 2 + 1);
    waitNanos = Math.min(2 * waitNanos, node.config.repair().retryMostNanos());
    List<Endpoint> left = new ArrayList<>(seeds);
    for (int i = 0; i < SEEDS_AT_ONCE && !left.isEmpty(); i++) {
      antiEntropy.call(left.remove(node.random.nextInt(left.size())), true);
    }
  }

  private void callUnknown() {
    List<Endpoint> unknown =
        seeds.stream()
            .filter(seed -> node.table.living().stream().noneMatch(m -> isAt(m, seed)))
            .toList();
    if (!unknown.isEmpty()) {
      antiEntropy.call(unknown.get(node.random.nextInt(unknown.size())), false);
    }
  }

  private static boolean isAt(Member member, Endpoint streams) {
    return member.info().streams().equals(streams);
  }
}
