package dev.starling.membership.swim;

/**
 * How much this node doubts itself: the slower it is, the longer it waits before it accuses others
 * (Lifeguard section IV-A, "local health multiplier").
 */
final class LocalHealth {
  private final int ceiling;
  private int score;

  LocalHealth(int ceiling) {
    this.ceiling = ceiling;
  }

  /** Something went wrong that may be this node's own fault. */
  void worse(int times) {
    score = (int) Math.min(ceiling, (long) score + times);
  }

  /** Something went as it should. */
  void better() {
    score = Math.max(0, score - 1);
  }

  /** 0 is well. */
  int score() {
    return score;
  }

  /** A period or a timeout, stretched. */
  long stretch(long nanos) {
    return nanos * (1 + score);
  }
}
