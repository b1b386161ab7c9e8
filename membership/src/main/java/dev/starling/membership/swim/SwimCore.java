package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.StallGuard.Lateness;
import dev.starling.membership.swim.SwimInput.BeFirst;
import dev.starling.membership.swim.SwimInput.Carry;
import dev.starling.membership.swim.SwimInput.ConnectionBroken;
import dev.starling.membership.swim.SwimInput.ConnectionRefused;
import dev.starling.membership.swim.SwimInput.Consider;
import dev.starling.membership.swim.SwimInput.Describe;
import dev.starling.membership.swim.SwimInput.Forget;
import dev.starling.membership.swim.SwimInput.Leave;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimInput.Remember;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.membership.swim.SwimInput.Wake;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One node of one group: SWIM with Lifeguard. Deterministic: the same inputs, times and random
 * numbers give the same outputs. Not re-entrant, one thread at a time; nothing that a peer sends
 * makes it throw.
 */
public final class SwimCore {
  private final SwimContext node;
  private final Refutation refutation;
  private final Beliefs beliefs;
  private final StallGuard guard;
  private final ProbeOrder order;
  private final Prober prober;
  private final Relays relays;
  private final Gossiper gossiper;
  private final AntiEntropy antiEntropy;
  private final Joining joining;
  private final Graveyard graveyard;
  private final Reception reception;
  private final Farewell farewell;
  private long wakeAtNanos = SwimContext.NEVER;

  /**
   * @param self this life of this node
   * @param info what it says of itself
   * @param random where every choice comes from
   * @param nowNanos monotonic time
   */
  public SwimCore(
      Group group,
      NodeId self,
      NodeInfo info,
      SwimConfig config,
      RandomGenerator random,
      long nowNanos) {
    this(group, self, info, 0, config, budget(config, nowNanos), random, nowNanos);
  }

  /**
   * As above, for a life that was in the group before, or is in others.
   *
   * @param incarnation above every one that it had there
   * @param tables what it may send in all its groups together
   */
  public SwimCore(
      Group group,
      NodeId self,
      NodeInfo info,
      long incarnation,
      SwimConfig config,
      TableBudget tables,
      RandomGenerator random,
      long nowNanos) {
    node = new SwimContext(group, self, info, incarnation, config, tables, random, nowNanos);
    order = new ProbeOrder(node.table, config.probe().order());
    refutation = new Refutation(node);
    beliefs = new Beliefs(node, refutation, order);
    guard = new StallGuard(node, refutation);
    prober = new Prober(node, beliefs, guard, order);
    relays = new Relays(node);
    gossiper = new Gossiper(node);
    antiEntropy = new AntiEntropy(node);
    joining = new Joining(node, refutation, antiEntropy);
    graveyard = new Graveyard(node);
    reception = new Reception(node, beliefs, prober, relays, antiEntropy, joining);
    farewell = new Farewell(node, refutation);
  }

  /**
   * Advances the protocol by one input. Start with {@link Seek}.
   *
   * @param nowNanos monotonic, never before that of the last step
   */
  public void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out) {
    node.begin(nowNanos, out);
    if (!farewell.isOver() && !refutation.isFenced()) {
      noticeStall(nowNanos);
      handle(input);
      work();
    }
    scheduleWake();
    node.end();
  }

  /** This node; a later generation than it was built with if it was {@code Renamed}. */
  public NodeId self() {
    return node.self();
  }

  /** What this node says of itself. */
  public Fact selfFact() {
    return node.selfFact();
  }

  /** What a node said of itself, in whatever life; null for one that isn't known. */
  public @Nullable NodeInfo infoOf(NodeId id) {
    Member member = node.table.get(id.name());
    return member == null ? null : member.info();
  }

  /** Everybody that this node knows, itself included, in the order in which it met them. */
  public List<Fact> facts() {
    return node.table.all().stream().map(Member::fact).toList();
  }

  /** How many live in the group, this node included. */
  public int size() {
    return node.table.size();
  }

  /** Equal for nodes that believe the same. */
  public long hash() {
    return node.table.hash();
  }

  /** The same over the nodes of one region. */
  public long hashOf(String region) {
    return node.table.hashOf(region);
  }

  /** How much this node doubts itself; 0 is well. */
  public int healthScore() {
    return node.health.score();
  }

  /** How much this core keeps beside its table. */
  public Holdings holdings() {
    return new Holdings(
        node.suspects.size(), node.gossip.size(), prober.running(), relays.size(), order.size());
  }

  private static TableBudget budget(SwimConfig config, long nowNanos) {
    return new TableBudget(config.bounds().tablesPerSecond(), nowNanos);
  }

  private void noticeStall(long nowNanos) {
    Lateness lateness =
        wakeAtNanos < nowNanos ? guard.late(nowNanos - wakeAtNanos) : Lateness.BEARABLE;
    if (lateness != Lateness.BEARABLE) {
      prober.abandon();
    }
    if (lateness == Lateness.PERHAPS_DEAD) {
      antiEntropy.resync();
    }
  }

  private void handle(SwimInput input) {
    switch (input) {
      case Wake wake -> {}
      case Received received -> reception.receive(received);
      case ConnectionBroken broken -> prober.probeNow(broken.peer());
      case ConnectionRefused refused -> refused(refused.peer());
      case Seek seek -> joining.seek(seek.seeds());
      case BeFirst first -> joining.join();
      case Describe describe -> describe(describe.info());
      case Remember remembered -> remembered.facts().forEach(beliefs::remember);
      case Consider told -> told.facts().forEach(fact -> beliefs.consider(fact, told.teller()));
      case Carry carry -> carry.facts().forEach(beliefs::hear);
      case Forget forget -> beliefs.forget(forget.name());
      case Leave leave -> farewell.begin();
    }
  }

  private void work() {
    if (!refutation.isLeaving()) {
      joining.run();
      prober.run();
      antiEntropy.run();
      graveyard.run();
    }
    relays.run();
    if (guard.allowsDeath()) {
      beliefs.expire();
    }
    gossiper.run();
    farewell.run();
  }

  private void refused(NodeId peer) {
    Member member = node.table.get(peer.name());
    if (member != null && member.id().equals(peer)) {
      member.connectionRefused(true);
      prober.probeNow(peer);
    }
  }

  private void describe(NodeInfo info) {
    Fact mine = node.selfFact();
    boolean isNew = mine.status() == Status.ALIVE && !info.equals(mine.info());
    if (isNew && node.group.admits(info) && mine.incarnation() < Fact.MAX_INCARNATION) {
      node.declare(Fact.alive(node.self(), mine.incarnation() + 1, info));
    }
  }

  private void scheduleWake() {
    long next = farewell.isOver() || refutation.isFenced() ? SwimContext.NEVER : nextNanos();
    if (next != wakeAtNanos) {
      wakeAtNanos = next;
      node.emit(new WakeAt(next));
    }
  }

  private long nextNanos() {
    long death = guard.allowsDeath() ? beliefs.nextNanos() : guard.endNanos();
    long next = Math.min(Math.min(death, relays.nextNanos()), gossiper.nextNanos());
    if (refutation.isLeaving()) {
      return Math.min(next, farewell.nextNanos());
    }
    next = Math.min(next, Math.min(prober.nextNanos(), antiEntropy.nextNanos()));
    return Math.min(next, Math.min(joining.nextNanos(), graveyard.nextNanos()));
  }
}
