package dev.starling.membership.swim;

import dev.starling.membership.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * A suspicion that runs: the more members confirm it independently, the sooner it ends in death
 * (Lifeguard section IV-B).
 */
final class Suspect {
  private final Member member;
  private final long leastNanos;
  private final long mostNanos;
  private final int wanted;
  private final List<NodeId> accusers = new ArrayList<>();
  private final List<NodeId> refused = new ArrayList<>();
  private long startNanos;
  private boolean condemned;
  private int stretch = 1;

  /**
   * @param wanted how many confirmations, beside the first accuser, shorten it to the least
   */
  Suspect(Member member, long startNanos, long leastNanos, long mostNanos, int wanted) {
    this.member = member;
    this.startNanos = startNanos;
    this.leastNanos = leastNanos;
    this.mostNanos = mostNanos;
    this.wanted = wanted;
  }

  Member member() {
    return member;
  }

  /** Whether this accuser is new, and still matters. */
  boolean accuse(NodeId accuser) {
    return accusers.size() <= wanted && !accusers.contains(accuser) && accusers.add(accuser);
  }

  /**
   * Whether it is news that this member's new connection was refused, too.
   *
   * @param enough how many different ones end the suspicion
   */
  boolean refuse(NodeId witness, int enough) {
    boolean counted = refused.size() < enough && !refused.contains(witness) && refused.add(witness);
    condemned |= refused.size() >= enough;
    return counted;
  }

  /** Gives it the whole time again: this node couldn't have heard a refutation. */
  void restart(long nowNanos) {
    startNanos = nowNanos;
  }

  /** When it ends in death. */
  long deadlineNanos() {
    return condemned ? startNanos : startNanos + durationNanos() * stretch;
  }

  /** Whether only this member accuses it. */
  boolean isAccusedOnlyBy(NodeId accuser) {
    return accusers.size() == 1 && accusers.getFirst().equals(accuser);
  }

  /** Whether its host refused this member a connection. */
  boolean isRefusedTo(NodeId witness) {
    return refused.contains(witness);
  }

  /** Takes so many times longer than it would; false when it does already. */
  boolean stretch(int factor) {
    boolean longer = factor > stretch;
    stretch = Math.max(stretch, factor);
    return longer;
  }

  private long durationNanos() {
    int confirmations = Math.max(0, accusers.size() - 1);
    if (wanted == 0 || confirmations >= wanted) {
      return leastNanos;
    }
    double share = Math.log(confirmations + 1.0) / Math.log(wanted + 1.0);
    return Math.max(leastNanos, mostNanos - (long) ((mostNanos - leastNanos) * share));
  }
}
