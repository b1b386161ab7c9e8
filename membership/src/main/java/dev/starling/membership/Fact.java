package dev.starling.membership;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement about one node. Facts about one name are totally ordered by generation, incarnation
 * and status, so that nodes which heard the same ones believe the same, in whatever order they came
 * (Das et al., "SWIM", DSN 2002, section 4.2).
 *
 * @param node whom it is about
 * @param incarnation raised by the node itself to refute a suspicion or to change its {@code info};
 *     0 to {@link #MAX_INCARNATION}
 * @param status what is stated
 * @param info what the node says of itself; always there when {@code ALIVE}, and left out of
 *     short-lived news about nodes that everybody knows
 * @param by who suspects; only in a suspicion
 * @param refused whether that one's new connection was refused, too; only in a suspicion
 */
public record Fact(
    NodeId node,
    long incarnation,
    Status status,
    @Nullable NodeInfo info,
    @Nullable NodeId by,
    boolean refused) {
  /** Above it nothing is believed: no node lives long enough to refute that often. */
  public static final long MAX_INCARNATION = 1L << 48;

  public Fact {
    Objects.requireNonNull(node);
    if (incarnation < 0 || incarnation > MAX_INCARNATION) {
      throw new IllegalArgumentException("incarnation out of bounds: " + incarnation);
    }
    if (status == Status.ALIVE && info == null) {
      throw new IllegalArgumentException("a living node says what it is");
    }
    if (status == Status.SUSPECT == (by == null)) {
      throw new IllegalArgumentException("a suspicion, and nothing else, names who suspects");
    }
    if (refused && by == null) {
      throw new IllegalArgumentException("only a suspicion tells of a refused connection");
    }
  }

  /** A living node. */
  public static Fact alive(NodeId node, long incarnation, NodeInfo info) {
    return new Fact(node, incarnation, Status.ALIVE, info, null, false);
  }

  /** A node from which {@code by} gets no answer. */
  public static Fact suspect(NodeId node, long incarnation, NodeId by, boolean refused) {
    return new Fact(node, incarnation, Status.SUSPECT, null, by, refused);
  }

  /** A node that did not refute in time. */
  public static Fact dead(NodeId node, long incarnation) {
    return new Fact(node, incarnation, Status.DEAD, null, null, false);
  }

  /** A node that is gone for good. */
  public static Fact left(NodeId node, long incarnation) {
    return new Fact(node, incarnation, Status.LEFT, null, null, false);
  }

  /** A node that an operator wants to hear no more of. */
  public static Fact forgotten(NodeId node, long incarnation) {
    return new Fact(node, incarnation, Status.FORGOTTEN, null, null, false);
  }

  /** The same statement together with what the node said of itself. */
  public Fact withInfo(@Nullable NodeInfo known) {
    return new Fact(node, incarnation, status, known, by, refused);
  }

  /** The same statement in its short form, where that says enough. */
  public Fact brief() {
    return status == Status.ALIVE || info == null ? this : withInfo(null);
  }

  /**
   * How this fact stands to another about the same name: positive when it is the one to believe.
   */
  public int precedence(Fact other) {
    return precedence(other.node.generation(), other.incarnation, other.status);
  }

  /** As {@link #precedence(Fact)}, over the parts that are ordered. */
  public int precedence(long otherGeneration, long otherIncarnation, Status otherStatus) {
    int byGeneration = Long.compare(node.generation(), otherGeneration);
    if (byGeneration != 0) {
      return byGeneration;
    }
    int byIncarnation = Long.compare(incarnation, otherIncarnation);
    return byIncarnation != 0 ? byIncarnation : status.compareTo(otherStatus);
  }
}
