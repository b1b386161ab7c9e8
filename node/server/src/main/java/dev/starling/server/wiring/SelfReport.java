package dev.starling.server.wiring;

import java.util.function.IntSupplier;

/**
 * What this node tells the ring of itself while it runs: that it drains, and how busy it is. Each
 * change is gossiped to all nodes, so that small ones are kept back. Thread-safe.
 */
final class SelfReport {
  /** How often to look how busy the node is. */
  static final int LOOK_SECONDS = 5;

  /** A load that differs less from what was told isn't told. */
  static final int STEP_PERMILLE = 50;

  /** Tells the ring. */
  interface Ring {
    void describe(int loadPermille, boolean draining);
  }

  private final IntSupplier loadPermille;
  private final Ring ring;
  private int told;
  private boolean draining;

  /** A node that has told of no load so far. */
  SelfReport(IntSupplier loadPermille, Ring ring) {
    this.loadPermille = loadPermille;
    this.ring = ring;
  }

  /** Tells how busy the node is where that changed. */
  synchronized void look() {
    int now = loadPermille.getAsInt();
    if (Math.abs(now - told) >= STEP_PERMILLE) {
      tell(now);
    }
  }

  /** Tells that the node goes away: shards and bridges are given to others from here on. */
  synchronized void drain() {
    draining = true;
    tell(loadPermille.getAsInt());
  }

  private void tell(int now) {
    told = now;
    ring.describe(now, draining);
  }
}
