package dev.starling.membership.swim;

import dev.starling.membership.NodeId;

/**
 * What nodes of a group say to each other, beside the facts that ride along in a {@link Packet}.
 */
public sealed interface SwimMessage {
  /**
   * Asks for an {@link Ack}.
   *
   * @param sequence the asker's number of this ping
   * @param target who is meant; another life of the same name doesn't answer
   */
  record Ping(long sequence, NodeId target) implements SwimMessage {}

  /**
   * Answers a ping, or passes such an answer on to whom one helps.
   *
   * @param sequence the asker's number
   */
  record Ack(long sequence) implements SwimMessage {}

  /**
   * Tells whom one helps that the target didn't answer: the helper itself is well (Lifeguard
   * section IV-A).
   *
   * @param sequence the asker's number
   */
  record Nack(long sequence) implements SwimMessage {}

  /**
   * Asks a helper to ping in one's stead.
   *
   * @param sequence the asker's number
   * @param target whom to ping
   * @param budgetMillis how long to wait before the {@link Nack}; 1 to {@value #MAX_BUDGET_MILLIS}
   */
  record PingRequest(long sequence, NodeId target, int budgetMillis) implements SwimMessage {
    /** Longer than any probe waits. */
    public static final int MAX_BUDGET_MILLIS = 60_000;

    public PingRequest {
      if (budgetMillis < 1 || budgetMillis > MAX_BUDGET_MILLIS) {
        throw new IllegalArgumentException("budget out of bounds: " + budgetMillis);
      }
    }
  }

  /** Carries facts and asks for nothing. */
  record News() implements SwimMessage {}

  /**
   * Compares tables: answered with a {@link Table} when the receiver's hash differs.
   *
   * @param hash over everybody that the sender knows
   * @param joining whether the sender has no group yet, and wants the table in any case
   */
  record Digest(long hash, boolean joining) implements SwimMessage {}

  /**
   * Carries a part of what the sender knows.
   *
   * @param answerWanted whether the receiver's table is wanted in return; set in the last part
   */
  record Table(boolean answerWanted) implements SwimMessage {}
}
