package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.membership.swim.SwimOutput.Reason;

/**
 * Turns facts that were heard into what is believed: takes the ones that take precedence, spreads
 * them, starts, confirms and ends suspicions.
 */
final class Beliefs {
  private final SwimContext node;
  private final Refutation refutation;
  private final ProbeOrder order;

  Beliefs(SwimContext node, Refutation refutation, ProbeOrder order) {
    this.node = node;
    this.refutation = refutation;
    this.order = order;
  }

  /** Learns a fact that came as news. */
  void hear(Fact fact) {
    if (fact.node().name().equals(node.self().name())) {
      refutation.hear(fact);
      return;
    }
    Member member = node.table.get(fact.node().name());
    if (member == null) {
      meet(fact);
      return;
    }
    int precedence = fact.precedence(member.fact());
    if (precedence > 0) {
      believe(member, fact);
    } else if (precedence == 0 && fact.status() == Status.SUSPECT) {
      confirm(member, fact);
    }
  }

  /**
   * Learns a fact from another node's table. There a death may be old: of somebody believed alive
   * it counts as that node's suspicion, so that after a partition nobody is dead who can refute.
   *
   * @param teller whose table it is
   */
  void readFromTable(Fact fact, NodeId teller) {
    boolean old = fact.status() == Status.DEAD && isBelievedToLive(fact.node());
    hear(old ? doubt(fact, teller) : fact);
  }

  /** Learns what another region believes of a node of this group: an end is a doubt there, too. */
  void consider(Fact fact, NodeId teller) {
    boolean old = !fact.status().isLive() && isBelievedToLive(fact.node());
    hear(old ? doubt(fact, teller) : fact);
  }

  private boolean isBelievedToLive(NodeId id) {
    Member member = node.table.get(id.name());
    return member != null && node.table.isPeer(member) && member.id().equals(id);
  }

  private static Fact doubt(Fact fact, NodeId teller) {
    return Fact.suspect(fact.node(), fact.incarnation(), teller, false);
  }

  /** Takes a living node from a record, if nothing is known of it; that is no news to anybody. */
  void remember(Fact fact) {
    boolean unknown = node.table.get(fact.node().name()) == null;
    if (unknown && fact.status() == Status.ALIVE && !node.table.isFull()) {
      Member member = node.table.add(fact, node.now());
      node.emit(new Changed(null, member.fact()));
    }
  }

  /** This node itself got no answer from a peer. */
  void suspect(Member member, boolean refused) {
    Fact fact = Fact.suspect(member.id(), member.fact().incarnation(), node.self(), refused);
    hear(fact);
  }

  /** Declares those dead whose time to refute is over. */
  void expire() {
    Suspect next = node.suspects.next();
    while (next != null && next.deadlineNanos() <= node.now()) {
      if (!isOwnDoing(next)) {
        die(next.member());
      }
      next = node.suspects.next();
    }
  }

  /**
   * Whether nobody else accuses a member while this node doubts itself: then it waits as many times
   * longer as it doubts. A member that is really dead is found by others, in time. A refusal is an
   * answer: this node's own network carried it, so it isn't to blame.
   */
  private boolean isOwnDoing(Suspect suspect) {
    return node.health.score() > 0
        && node.table.size() > 2
        && suspect.isAccusedOnlyBy(node.self())
        && !suspect.isRefusedTo(node.self())
        && node.suspects.stretch(suspect, 1 + node.health.score());
  }

  /** When the next suspicion ends. */
  long nextNanos() {
    Suspect next = node.suspects.next();
    return next == null ? SwimContext.NEVER : next.deadlineNanos();
  }

  /** An operator says that a node that is gone stays away; nothing is said of one that lives. */
  void forget(String name) {
    Member member = node.table.get(name);
    if (member != null && !member.status().isLive()) {
      hear(Fact.forgotten(member.id(), member.fact().incarnation()));
    }
  }

  private void meet(Fact fact) {
    if (!fact.status().isLive()) {
      // Whoever never knew it has nothing to take back, and the end of others needn't be remembered
      // twice.
      return;
    }
    if (fact.info() == null) {
      node.reject(Reason.UNKNOWN_NODE);
    } else if (makeRoom()) {
      Member member = node.table.add(fact, node.now());
      spread(fact);
      if (node.table.isPeer(member)) {
        order.insert(member, node.random);
      }
      node.emit(new Changed(null, member.fact()));
      startSuspicion(member, fact);
    } else {
      node.reject(Reason.TABLE_FULL);
    }
  }

  private boolean makeRoom() {
    if (node.table.isFull()) {
      Member oldest = node.table.longestGone();
      if (oldest == null) {
        return false;
      }
      node.gossip.forget(oldest.id().name());
      node.table.remove(oldest);
    }
    return true;
  }

  private void believe(Member member, Fact fact) {
    Fact before = member.fact();
    boolean wasPeer = node.table.isPeer(member);
    node.suspects.end(member);
    node.table.believe(member, fact, node.now());
    spread(fact);
    if (node.table.isPeer(member) && !wasPeer) {
      order.insert(member, node.random);
    }
    node.emit(new Changed(before, member.fact()));
    startSuspicion(member, fact);
  }

  /** News of the living carries what they say of themselves; the rest is known to everybody. */
  private void spread(Fact fact) {
    node.gossip.add(fact.brief());
  }

  private void startSuspicion(Member member, Fact fact) {
    if (fact.status() == Status.SUSPECT && node.table.isPeer(member)) {
      node.suspects.begin(member, node.now());
      count(member, fact);
    }
  }

  private void confirm(Member member, Fact fact) {
    if (member.suspect() != null && count(member, fact)) {
      spread(fact);
    }
  }

  /** Whether a suspicion changed anything. */
  private boolean count(Member member, Fact fact) {
    Suspect suspect = member.suspect();
    NodeId accuser = fact.by();
    if (suspect == null || accuser == null) {
      return false;
    }
    boolean counted = node.suspects.count(suspect, accuser, fact.refused());
    if (counted && fact.refused()) {
      node.urge();
    }
    return counted;
  }

  private void die(Member member) {
    hear(Fact.dead(member.id(), member.fact().incarnation()));
  }
}
