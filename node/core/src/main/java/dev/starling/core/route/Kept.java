package dev.starling.core.route;

import dev.starling.core.session.Relay;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A delivery that not all of its receivers have answered. */
final class Kept {
  private static final int RECEIVER_BYTES = 64;

  private final Relay.Deliver delivery;
  private final List<String> receivers;
  private final BitSet answered = new BitSet(0);
  private boolean everSent;
  private boolean sentAgain;
  private boolean withdrawing;

  /**
   * @param receivers in ascending order; must not change
   */
  Kept(Relay.Deliver delivery, List<String> receivers) {
    this.delivery = delivery;
    this.receivers = receivers;
  }

  RouteCore.Request key() {
    return new RouteCore.Request(delivery.from(), delivery.id());
  }

  long weight() {
    return delivery.event().weight() + (long) RECEIVER_BYTES * receivers.size();
  }

  /** Takes note of a receiver's answer; false where it has none to give. */
  boolean answer(String receiver) {
    int place = Collections.binarySearch(receivers, receiver);
    if (place < 0 || answered.get(place)) {
      return false;
    }
    answered.set(place);
    return true;
  }

  boolean isSettled() {
    return answered.cardinality() == receivers.size();
  }

  /** Those that haven't answered. */
  List<String> open() {
    return answered.isEmpty()
        ? receivers
        : IntStream.range(0, receivers.size())
            .filter(place -> !answered.get(place))
            .mapToObj(receivers::get)
            .toList();
  }

  RouteFrame.Deliver frame(List<String> to) {
    return new RouteFrame.Deliver(delivery.from(), delivery.id(), to, delivery.event());
  }

  RouteFrame.Withdraw withdrawal(List<String> to) {
    return new RouteFrame.Withdraw(delivery.from(), delivery.id(), to);
  }

  void sent() {
    sentAgain = everSent;
    everSent = true;
  }

  /** Whether a receiver may have it: it was sent, or was in doubt already. */
  boolean isDoubtful() {
    return everSent || delivery.again();
  }

  /** Whether it was in doubt before it came here. */
  boolean again() {
    return delivery.again();
  }

  /** Whether an answer may be about another copy than the first. */
  boolean sentAgain() {
    return sentAgain;
  }

  void withdrawing(boolean now) {
    withdrawing = now;
  }

  boolean isWithdrawing() {
    return withdrawing;
  }
}
