package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Renamed;

/**
 * What this node does about facts that name itself: refutes that it is suspect or dead (SWIM
 * section 4.2), and gives way to a later life of its name.
 */
final class Refutation {
  private final SwimContext node;
  private boolean known;
  private boolean leaving;
  private boolean fenced;

  Refutation(SwimContext node) {
    this.node = node;
  }

  /** From now on others know this node by its generation: it can't be changed any more. */
  void becomeKnown() {
    known = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Whether this node has given way; it then says nothing any more. */
  boolean isFenced() {
    return fenced;
  }

  void hear(Fact fact) {
    Fact mine = node.selfFact();
    int generation = Long.compare(fact.node().generation(), mine.node().generation());
    if (generation > 0) {
      giveWay(fact.node());
    } else if (generation == 0) {
      answer(fact, mine);
    }
  }

  /** Raises the incarnation, because others may believe something that is not so. */
  void reassert() {
    if (!leaving) {
      raiseTo(node.selfFact().incarnation() + 1);
    }
  }

  /** Says goodbye. */
  void leave() {
    leaving = true;
    node.declare(Fact.left(node.self(), node.selfFact().incarnation()));
    node.urge();
  }

  private void answer(Fact fact, Fact mine) {
    if (leaving) {
      return;
    }
    if (fact.incarnation() < mine.incarnation()) {
      remind(fact);
    } else if (fact.status() != Status.ALIVE) {
      raiseTo(fact.incarnation() + 1);
      node.health.worse(1);
    } else if (fact.incarnation() > mine.incarnation()) {
      // Only this node raises its incarnation, so somebody else runs with a copy of its identity.
      fence(fact.node());
    }
  }

  /** Whoever still believes an old accusation has missed the refutation. */
  private void remind(Fact stale) {
    if (stale.status() != Status.ALIVE) {
      node.gossip.add(node.selfFact());
    }
  }

  private void raiseTo(long incarnation) {
    if (incarnation > Fact.MAX_INCARNATION) {
      fence(node.self());
    } else {
      node.declare(Fact.alive(node.self(), incarnation, node.selfInfo()));
      node.urge();
    }
  }

  /** A later life: before anybody knows this one it may still take a later generation itself. */
  private void giveWay(NodeId newer) {
    if (known || newer.generation() == Long.MAX_VALUE) {
      fence(newer);
    } else {
      NodeId renamed = new NodeId(newer.name(), newer.generation() + 1);
      node.declare(Fact.alive(renamed, 0, node.selfInfo()));
      node.emit(new Renamed(renamed));
    }
  }

  private void fence(NodeId newer) {
    if (!fenced) {
      fenced = true;
      node.silence();
      node.emit(new Fenced(newer));
    }
  }
}
