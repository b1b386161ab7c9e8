package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Reason;
import dev.starling.membership.swim.SwimOutput.Rejected;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.membership.swim.TableBudget;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares what a region believes of its nodes with what others hold of it: by a hash, and only
 * where that differs by the facts. Over streams only, and so many tables a second: what is answered
 * may be a thousand times as long as what asks.
 */
final class RegionTables {
  private final SwimCore local;
  private final TableBudget budget;
  private final String region;
  private final int tableFacts;

  /**
   * @param tableFacts how many facts one message carries
   */
  RegionTables(SwimCore local, TableBudget budget, String region, int tableFacts) {
    this.local = local;
    this.budget = budget;
    this.region = region;
    this.tableFacts = tableFacts;
  }

  /** Compares what this region believes of itself with what another holds of it. */
  void compare(NodeInfo bridge, Consumer<? super SwimOutput> out) {
    ask(bridge, new Digest(local.hashOf(region), false), out);
  }

  /**
   * A digest is of the sender's region; one that asks ("joining") wants this region's table. Who
   * bridges there is not looked at: the sender may know of an election that this node hasn't heard
   * of.
   */
  void digest(Digest digest, Received received, long nowNanos, Consumer<? super SwimOutput> out) {
    NodeInfo sender = local.infoOf(received.packet().from());
    if (sender == null || sender.region().equals(region) || received.channel() != Channel.STREAM) {
      out.accept(new Rejected(Reason.UNASKED));
    } else if (digest.joining()) {
      answer(sender, region, nowNanos, out);
    } else if (digest.hash() != local.hashOf(sender.region())) {
      // Two parts of one region that don't know each other yet meet through a third.
      if (answer(sender, sender.region(), nowNanos, out)) {
        ask(sender, new Digest(local.hashOf(sender.region()), true), out);
      }
    }
  }

  /** Whether one more table may be sent in answer; says so where it may not. */
  boolean mayAnswer(long nowNanos, Consumer<? super SwimOutput> out) {
    boolean may = budget.take(nowNanos);
    if (!may) {
      out.accept(new Rejected(Reason.BUSY));
    }
    return may;
  }

  /** Sends facts in parts. */
  void send(Endpoint to, List<Fact> facts, Consumer<? super SwimOutput> out) {
    for (int i = 0; i == 0 || i < facts.size(); i += tableFacts) {
      int end = Math.min(facts.size(), i + tableFacts);
      stream(to, new Table(false), List.copyOf(facts.subList(i, end)), out);
    }
  }

  private boolean answer(
      NodeInfo sender, String about, long nowNanos, Consumer<? super SwimOutput> out) {
    boolean may = mayAnswer(nowNanos, out);
    if (may) {
      send(sender.streams(), factsOf(about), out);
    }
    return may;
  }

  private void ask(NodeInfo whom, Digest digest, Consumer<? super SwimOutput> out) {
    stream(whom.streams(), digest, List.of(local.selfFact()), out);
  }

  private List<Fact> factsOf(String name) {
    return local.facts().stream()
        .filter(fact -> fact.info() != null && fact.info().region().equals(name))
        .toList();
  }

  private void stream(
      Endpoint to, SwimMessage message, List<Fact> facts, Consumer<? super SwimOutput> out) {
    Packet packet = new Packet(Group.BRIDGES, local.self(), message, facts);
    out.accept(new Send(to, Channel.STREAM, packet));
  }
}
