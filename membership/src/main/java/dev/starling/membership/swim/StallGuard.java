package dev.starling.membership.swim;

import dev.starling.membership.swim.SwimOutput.Stalled;

/**
 * Notices when this node itself stood still (a collection, SIGSTOP, a paused machine), since then
 * it is its own silence that it hears. After a stall of more than two periods nobody is declared
 * dead before a probe was answered, or a whole suspicion has passed without.
 */
final class StallGuard {
  /** How late this node was. */
  enum Lateness {
    /** Nothing that others would notice. */
    BEARABLE,
    /** What it was waiting for says nothing any more. */
    STALL,
    /** Others may have declared it dead meanwhile. */
    PERHAPS_DEAD
  }

  private final SwimContext node;
  private final Refutation refutation;
  private boolean guarding;
  private long stallEndNanos;

  StallGuard(SwimContext node, Refutation refutation) {
    this.node = node;
    this.refutation = refutation;
  }

  /**
   * This node did what was due so much too late.
   *
   * @return what follows
   */
  Lateness late(long nanos) {
    long period = node.config.probe().periodNanos();
    if (nanos > period / 2) {
      node.health.worse(1);
    }
    if (nanos <= 2 * period || !node.config.stallGuard()) {
      return Lateness.BEARABLE;
    }
    guarding = true;
    stallEndNanos = node.now();
    node.suspects.restartAll(node.now());
    boolean mayBeDead = nanos > node.suspects.leastNanos();
    if (mayBeDead) {
      node.emit(new Stalled(nanos));
      refutation.reassert();
    }
    return mayBeDead ? Lateness.PERHAPS_DEAD : Lateness.STALL;
  }

  /** A probe that began then was answered: from now on refutations get through, too. */
  void answered(long startNanos) {
    if (guarding && startNanos >= stallEndNanos) {
      guarding = false;
      node.suspects.restartAll(node.now());
    }
  }

  /** Whether a death may be declared. */
  boolean allowsDeath() {
    guarding &= node.now() - stallEndNanos < node.suspects.mostNanos();
    return !guarding;
  }

  /** When a death that was held back may be declared at the latest. */
  long endNanos() {
    return guarding ? stallEndNanos + node.suspects.mostNanos() : SwimContext.NEVER;
  }
}
