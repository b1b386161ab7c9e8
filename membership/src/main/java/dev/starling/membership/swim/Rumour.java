package dev.starling.membership.swim;

import dev.starling.membership.Fact;

/** A fact that is being spread. */
final class Rumour implements Comparable<Rumour> {
  private final Fact fact;
  private final int bytes;
  private final long sequence;
  private int sent;

  /**
   * @param sequence later ones are larger
   */
  Rumour(Fact fact, long sequence) {
    this.fact = fact;
    this.bytes = Sizes.of(fact);
    this.sequence = sequence;
  }

  Fact fact() {
    return fact;
  }

  int bytes() {
    return bytes;
  }

  int sent() {
    return sent;
  }

  void countSent() {
    sent++;
  }

  /** Rarely told before often told, and among these new before old. */
  @Override
  public int compareTo(Rumour other) {
    int bySent = Integer.compare(sent, other.sent);
    return bySent != 0 ? bySent : Long.compare(other.sequence, sequence);
  }
}
