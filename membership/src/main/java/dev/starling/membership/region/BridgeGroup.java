package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Holdings;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimInput.Carry;
import dev.starling.membership.swim.SwimInput.Leave;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Rejected;
import dev.starling.membership.swim.SwimOutput.Renamed;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import dev.starling.membership.swim.TableBudget;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The second SWIM, among the bridges of all regions; this node is in it while it is a bridge. */
final class BridgeGroup {
  private final SwimConfig config;
  private final TableBudget tables;
  private final RandomGenerator random;
  private final Consumer<? super SwimInput> region;
  private @Nullable SwimCore core;
  private long incarnation;
  private long wakeNanos = Long.MAX_VALUE;
  private List<Endpoint> sought = List.of();

  /**
   * @param tables what the node may send, shared with its region
   * @param region where this node's own region hears of a later life of it
   */
  BridgeGroup(
      SwimConfig config,
      TableBudget tables,
      RandomGenerator random,
      Consumer<? super SwimInput> region) {
    this.config = config;
    this.tables = tables;
    this.random = random;
    this.region = region;
  }

  /** Takes part from now on; nothing changes where it does already. */
  void enter(
      NodeId self,
      NodeInfo info,
      List<Endpoint> bridges,
      long nowNanos,
      Consumer<? super SwimOutput> out) {
    if (core == null) {
      // Others may remember this life from an earlier turn, and would take less for a copy of it.
      Group group = Group.ofAll(Group.WAN);
      core = new SwimCore(group, self, info, incarnation, config, tables, random, nowNanos);
      sought = List.of();
    }
    if (!bridges.equals(sought)) {
      sought = bridges;
      step(new Seek(bridges), nowNanos, out);
    }
  }

  /** Says goodbye, if this node takes part. */
  void leave(long nowNanos, Consumer<? super SwimOutput> out) {
    step(new Leave(), nowNanos, out);
    forget();
  }

  /** Stops without a goodbye: this node is known by another generation now. */
  void forget() {
    if (core != null) {
      incarnation = core.selfFact().incarnation() + 1;
    }
    core = null;
    wakeNanos = Long.MAX_VALUE;
  }

  /** Passes an input on, if this node takes part. */
  void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out) {
    if (core != null) {
      core.step(input, nowNanos, output -> passOn(output, out));
    }
  }

  Holdings holdings() {
    return core == null ? Holdings.NONE : core.holdings();
  }

  long nextNanos() {
    return wakeNanos;
  }

  /** What the bridges believe of each other serves only themselves. */
  private void passOn(SwimOutput output, Consumer<? super SwimOutput> out) {
    if (core == null) {
      // Forgotten in the middle of a step: the rest of it was said under another generation.
      return;
    }
    switch (output) {
      case WakeAt wake -> wakeNanos = wake.nanos();
      case Send send -> out.accept(send);
      case Fenced fenced -> out.accept(fenced);
      case Rejected rejected -> out.accept(rejected);
      case Renamed renamed -> region.accept(new Carry(List.of(lifeBefore(renamed.self()))));
      default -> {}
    }
  }

  /**
   * What made this core take a later generation. That is for the region's core to do, or to give
   * way: one node has one generation.
   */
  private static Fact lifeBefore(NodeId renamed) {
    return Fact.dead(new NodeId(renamed.name(), renamed.generation() - 1), 0);
  }
}
