package dev.starling.sim.validate;

import dev.starling.crdt.HybridClock;
import dev.starling.crdt.HybridTime;
import dev.starling.sim.kernel.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * V10: hybrid times under clocks that differ by at most ε: the logical part stays within ε of the
 * physical one, and the counter within ε/d + 1 where events are d apart (Kulkarni et al., 2014,
 * theorems 3 and 4).
 */
final class ClockSkew implements Validation {
  private static final int NODES = 10;
  private static final int FULL_EVENTS = 2_000_000;
  private static final int SKEW_MILLIS = 50;
  private static final int APART_MILLIS = 1;

  @Override
  public String name() {
    return "V10";
  }

  @Override
  public String title() {
    return "hybrid times under clocks that differ by 50 ms";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    RandomGenerator random = new Seeds(seed).stream("clocks");
    HybridClock[] clocks = new HybridClock[NODES];
    long[] offsets = new long[NODES];
    for (int i = 0; i < NODES; i++) {
      clocks[i] = new HybridClock();
      offsets[i] = random.nextLong(SKEW_MILLIS + 1);
    }
    long ahead = 0;
    int counter = 0;
    long now = 1_000_000;
    for (int event = 0; event < FULL_EVENTS * size; event++) {
      now += event % NODES == 0 ? APART_MILLIS : 0;
      int sender = event % NODES;
      HybridTime sent = clocks[sender].tick(now + offsets[sender]);
      clocks[random.nextInt(NODES)].observe(sent);
      ahead = Math.max(ahead, sent.millis() - (now + offsets[sender]));
      counter = Math.max(counter, sent.counter());
    }
    return List.of(
        Figure.atMost("ms that a time is ahead of its node's clock", SKEW_MILLIS, (double) ahead),
        Figure.atMost("largest counter", SKEW_MILLIS / (double) APART_MILLIS + 1, counter));
  }
}
