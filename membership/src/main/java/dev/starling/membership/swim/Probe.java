package dev.starling.membership.swim;

import dev.starling.membership.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt to hear from a member, with one deadline over all its ways. */
final class Probe {
  private final long sequence;
  private final Member target;
  private final NodeId targetId;
  private final long startNanos;
  private final long directNanos;
  private final long endNanos;
  private final List<NodeId> helpers = new ArrayList<>();
  private final List<NodeId> nacks = new ArrayList<>();
  private boolean indirect;
  private boolean answered;
  private @Nullable NodeId answeredVia;

  /**
   * @param directNanos when the direct answer is late
   * @param endNanos when every way has had its time
   */
  Probe(long sequence, Member target, long startNanos, long directNanos, long endNanos) {
    this.sequence = sequence;
    this.target = target;
    this.targetId = target.id();
    this.startNanos = startNanos;
    this.directNanos = directNanos;
    this.endNanos = endNanos;
  }

  long sequence() {
    return sequence;
  }

  Member target() {
    return target;
  }

  NodeId targetId() {
    return targetId;
  }

  long startNanos() {
    return startNanos;
  }

  /** When something is due next. */
  long nextNanos() {
    return indirect ? endNanos : directNanos;
  }

  long endNanos() {
    return endNanos;
  }

  boolean isIndirect() {
    return indirect;
  }

  void goIndirect() {
    indirect = true;
  }

  void ask(NodeId helper) {
    helpers.add(helper);
  }

  boolean asked(NodeId helper) {
    return helpers.contains(helper);
  }

  void nack(NodeId helper) {
    if (asked(helper) && !nacks.contains(helper)) {
      nacks.add(helper);
    }
  }

  /** How many helpers said nothing at all. */
  int missingNacks() {
    return helpers.size() - nacks.size();
  }

  /** The target lives, as one helper or a stream tells. */
  void answerVia(@Nullable NodeId helper) {
    if (!answered || answeredVia == null) {
      answeredVia = helper;
    }
    answered = true;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Which helper reached it; null when only the stream did. */
  @Nullable NodeId answeredVia() {
    return answeredVia;
  }
}
