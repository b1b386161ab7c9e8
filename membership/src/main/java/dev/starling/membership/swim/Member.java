package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this node believes of one name, and what follows from it. */
final class Member {
  /** Not in the list. */
  static final int NOWHERE = -1;

  private Fact fact;
  private long sinceNanos;
  private @Nullable Suspect suspect;
  private boolean connectionRefused;
  private boolean edgeDegraded;
  private boolean told;
  private long toldNanos;

  /**
   * Whether it may be told now what is believed of it. Two nodes that doubt each other would
   * otherwise answer each other's answers for ever.
   */
  boolean mayBeTold(long nowNanos, long pauseNanos) {
    boolean may = !told || nowNanos - toldNanos >= pauseNanos;
    if (may) {
      told = true;
      toldNanos = nowNanos;
    }
    return may;
  }

  /** Where it stands in the table's list of the living, or of the dead. */
  int position = NOWHERE;

  /**
   * @param fact with the node's info
   */
  Member(Fact fact, long sinceNanos) {
    this.fact = fact;
    this.sinceNanos = sinceNanos;
  }

  Fact fact() {
    return fact;
  }

  NodeId id() {
    return fact.node();
  }

  Status status() {
    return fact.status();
  }

  /** What the node said of itself. */
  NodeInfo info() {
    return Objects.requireNonNull(fact.info());
  }

  /** When the status began, monotonic. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Takes a newer fact, and keeps what was known of the same life beside it. */
  void believe(Fact newer, long nowNanos) {
    boolean sameLife = newer.node().generation() == fact.node().generation();
    if (!sameLife) {
      connectionRefused = false;
      edgeDegraded = false;
    }
    if (!sameLife || newer.status() != fact.status()) {
      sinceNanos = nowNanos;
    }
    fact = newer.info() == null ? newer.withInfo(fact.info()) : newer;
  }

  @Nullable Suspect suspect() {
    return suspect;
  }

  void suspect(@Nullable Suspect current) {
    suspect = current;
  }

  boolean connectionRefused() {
    return connectionRefused;
  }

  void connectionRefused(boolean refused) {
    connectionRefused = refused;
  }

  boolean edgeDegraded() {
    return edgeDegraded;
  }

  void edgeDegraded(boolean degraded) {
    edgeDegraded = degraded;
  }
}
