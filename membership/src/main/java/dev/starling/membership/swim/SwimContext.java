package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one {@link SwimCore} share: who this node is, what it knows, and the step under
 * way.
 */
final class SwimContext {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  final Group group;
  final SwimConfig config;
  final RandomGenerator random;
  final MemberTable table;
  final SuspectTable suspects;
  final GossipQueue gossip;
  final LocalHealth health;
  final TableBudget tables;
  final RoundTrips trips = new RoundTrips();

  private Member self;
  private Consumer<? super SwimOutput> out = SwimContext::refuse;
  private long nowNanos;
  private boolean urgent;
  private boolean silent;

  SwimContext(
      Group group,
      NodeId self,
      NodeInfo info,
      long incarnation,
      SwimConfig config,
      TableBudget tables,
      RandomGenerator random,
      long nowNanos) {
    this.group = group;
    this.config = config;
    this.tables = tables;
    this.random = random;
    this.table = new MemberTable(group, self.name(), config.bounds().members());
    this.suspects = new SuspectTable(config, table);
    this.gossip = new GossipQueue(config.gossip().retransmitFactor());
    this.health = new LocalHealth(config.healthCeiling());
    this.nowNanos = nowNanos;
    this.self = table.add(Fact.alive(self, incarnation, info), nowNanos);
  }

  void begin(long now, Consumer<? super SwimOutput> consumer) {
    nowNanos = now;
    out = consumer;
  }

  void end() {
    out = SwimContext::refuse;
  }

  long now() {
    return nowNanos;
  }

  NodeId self() {
    return self.id();
  }

  /** What this node says of itself. */
  Fact selfFact() {
    return self.fact();
  }

  NodeInfo selfInfo() {
    return self.info();
  }

  /** Says something new of this node, and spreads it. */
  void declare(Fact fact) {
    table.believe(self, fact, nowNanos);
    gossip.add(fact);
  }

  /** Whether news can't wait for the next tick. */
  boolean takeUrgent() {
    boolean was = urgent;
    urgent = false;
    return was;
  }

  void urge() {
    urgent = true;
  }

  /** From now on nothing is sent any more, in this step either. */
  void silence() {
    silent = true;
  }

  void emit(SwimOutput output) {
    out.accept(output);
  }

  void reject(SwimOutput.Reason reason) {
    out.accept(new SwimOutput.Rejected(reason));
  }

  /** Sends a datagram, filled up with news. */
  void datagram(Endpoint to, SwimMessage message) {
    datagram(to, message, null);
  }

  /**
   * Sends a datagram, filled up with news.
   *
   * @param first a fact that the receiver must know before anything else
   */
  void datagram(Endpoint to, SwimMessage message, @Nullable Fact first) {
    if (silent) {
      return;
    }
    int room = config.bounds().datagramBytes() - Sizes.PACKET;
    if (first != null) {
      room -= Sizes.of(first);
    }
    List<Fact> news = gossip.take(room, table.size(), first);
    emit(new SwimOutput.Send(to, Channel.DATAGRAM, packet(message, joined(first, news))));
  }

  /** Sends over the stream to a peer, with these facts and no others. */
  void stream(Endpoint to, SwimMessage message, List<Fact> facts) {
    if (!silent) {
      emit(new SwimOutput.Send(to, Channel.STREAM, packet(message, facts)));
    }
  }

  private static void refuse(SwimOutput output) {
    throw new IllegalStateException("output outside of a step: " + output);
  }

  private Packet packet(SwimMessage message, List<Fact> facts) {
    return new Packet(group.name(), self(), message, facts);
  }

  private static List<Fact> joined(@Nullable Fact first, List<Fact> others) {
    if (first == null) {
      return others;
    }
    List<Fact> all = new ArrayList<>(others.size() + 1);
    all.add(first);
    all.addAll(others);
    return all;
  }
}
