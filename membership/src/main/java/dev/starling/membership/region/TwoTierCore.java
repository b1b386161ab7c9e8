package dev.starling.membership.region;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Holdings;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
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
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.membership.swim.SwimOutput.Departed;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.RegionChanged;
import dev.starling.membership.swim.SwimOutput.Rejected;
import dev.starling.membership.swim.SwimOutput.Renamed;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import dev.starling.membership.swim.TableBudget;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One node's whole membership: SWIM among the nodes of its region, and while it is one of the
 * region's bridges a second SWIM among the bridges of all regions, and the {@link BridgeLink}. What
 * other regions believe of their nodes is carried along and never judged here; a region whose
 * bridges are all silent is unreachable, and its nodes are as they were. Deterministic, not
 * re-entrant, never throws at what a peer sends.
 */
public final class TwoTierCore {
  private final RegionConfig regions;
  private final String region;
  private final SwimCore local;
  private final BridgeLink link;
  private final Introductions introductions;
  private List<String> unreachable = List.of();
  private Bridges bridges;
  private final BridgeGroup wan;
  private NodeInfo info;
  private Consumer<? super SwimOutput> out = TwoTierCore::refuse;
  private long nowNanos;
  private long localWakeNanos = Long.MAX_VALUE;
  private long wakeAtNanos = Long.MAX_VALUE;
  private boolean changed;
  private boolean ending;
  private boolean over;

  /**
   * @param self this life of this node
   * @param info what it says of itself
   * @param localConfig for the nodes of its region
   * @param wanConfig for the bridges of all regions
   * @param random where every choice comes from
   * @param nowNanos monotonic time
   */
  public TwoTierCore(
      NodeId self,
      NodeInfo info,
      SwimConfig localConfig,
      SwimConfig wanConfig,
      RegionConfig regions,
      RandomGenerator random,
      long nowNanos) {
    this.regions = regions;
    SwimConfig.Bounds bounds = localConfig.bounds();
    TableBudget budget = new TableBudget(bounds.tablesPerSecond(), nowNanos);
    this.wan = new BridgeGroup(wanConfig, budget, random, this::toLocal);
    this.region = info.region();
    this.info = info;
    Group group = Group.ofRegion(region);
    this.local = new SwimCore(group, self, info, 0, localConfig, budget, random, nowNanos);
    RegionTables tables = new RegionTables(local, budget, region, bounds.tableFacts());
    this.link = new BridgeLink(regions, bounds, local, tables, region, random);
    this.introductions = new Introductions(local, tables, region, bounds.tableFacts());
    this.bridges = Bridges.of(local.facts(), regions.bridges());
    this.changed = true;
  }

  /**
   * Advances the protocol by one input. Start with {@link Seek}.
   *
   * @param now monotonic, never before that of the last step
   */
  public void step(SwimInput input, long now, Consumer<? super SwimOutput> output) {
    nowNanos = now;
    out = output;
    if (!over) {
      handle(input);
    }
    if (!over) {
      speak();
    }
    scheduleWake();
    out = TwoTierCore::refuse;
  }

  /** This node. */
  public NodeId self() {
    return local.self();
  }

  /** What this node says of itself. */
  public Fact selfFact() {
    return local.selfFact();
  }

  /** Everybody that is known and not forgotten, of all regions, in the order of acquaintance. */
  public List<Fact> facts() {
    return local.facts().stream().filter(fact -> fact.status() != Status.FORGOTTEN).toList();
  }

  /** The regions that can't be reached from here: their nodes count as quarantined. */
  public List<String> unreachableRegions() {
    return unreachable;
  }

  /** The names of a region's bridges, as this node sees it. */
  public List<String> bridges(String name) {
    return bridges.of(name).stream().map(fact -> fact.node().name()).toList();
  }

  /** The last direct round trip to a region, in nanoseconds; negative when this node knows none. */
  public long lastRoundTripNanos(String name) {
    return link.lastRoundTripNanos(name);
  }

  /** How much this node doubts itself; 0 is well. */
  public int healthScore() {
    return local.healthScore();
  }

  /** How much both tiers keep beside their tables. */
  public Holdings holdings() {
    return local.holdings().plus(wan.holdings());
  }

  private void handle(SwimInput input) {
    switch (input) {
      case Received received -> receive(received);
      case Seek seek -> introductions.seek(seek.seeds(), this::toLocal);
      case Describe said -> sayOfItself(said.info().withUnreachable(info.unreachable()));
      case Wake _, ConnectionBroken _, ConnectionRefused _ -> toBoth(input);
      case Leave leave -> {
        ending = true;
        changed = true;
        toLocal(leave);
        link.sayGoodbye(out);
      }
      case Forget _, Carry _, Consider _, Remember _, BeFirst _ -> toLocal(input);
    }
  }

  private void receive(Received received) {
    String group = received.packet().group();
    if (group.equals(region)) {
      toLocal(received);
    } else if (group.equals(Group.WAN)) {
      toWan(received);
    } else if (group.equals(Group.BRIDGES)) {
      introductions.learn(received.packet(), this::toLocal);
      if (!over) {
        link.receive(received, nowNanos, out);
      }
    } else if (introductions.isAskedFor(received)) {
      introductions.introduce(received.packet(), bridges, nowNanos, out);
    } else {
      out.accept(new Rejected(SwimOutput.Reason.OTHER_GROUP));
    }
  }

  private void speak() {
    link.run(nowNanos, out);
    sayWhatIsMissed();
    if (changed) {
      reconsider();
    }
  }

  private void sayWhatIsMissed() {
    List<String> missed = link.missed();
    if (!missed.equals(info.unreachable())) {
      sayOfItself(info.withUnreachable(missed));
    }
  }

  /** No news to the local core, and yet it may change who bridges and what they see. */
  private void sayOfItself(NodeInfo said) {
    info = said;
    toBoth(new Describe(said));
    changed = true;
  }

  /** The view changed: so may the bridges, and what they see. */
  private void reconsider() {
    changed = false;
    bridges = Bridges.of(local.facts(), regions.bridges());
    boolean isBridge =
        !ending && bridges.of(region).stream().anyMatch(fact -> fact.node().equals(self()));
    link.elect(bridges, isBridge, nowNanos);
    takeRole(isBridge && bridges.byRegion().size() > 1);
    List<String> now = bridges.unreachableFrom(region, regions.witnesses());
    List<String> before = unreachable;
    unreachable = now;
    before.stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> out.accept(new RegionChanged(name, true)));
    now.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> out.accept(new RegionChanged(name, false)));
  }

  private void takeRole(boolean bridging) {
    if (bridging) {
      wan.enter(self(), info, bridges.outside(region), nowNanos, this::take);
    } else {
      wan.leave(nowNanos, this::take);
    }
  }

  private void toBoth(SwimInput input) {
    toLocal(input);
    toWan(input);
  }

  private void toLocal(SwimInput input) {
    local.step(input, nowNanos, this::take);
  }

  private void toWan(SwimInput input) {
    wan.step(input, nowNanos, this::take);
  }

  private void take(SwimOutput output) {
    if (over) {
      // The other tier is still in the middle of its step.
      return;
    }
    switch (output) {
      case WakeAt wake -> localWakeNanos = wake.nanos();
      case Changed change -> {
        changed = true;
        NodeInfo subject = local.infoOf(change.after().node());
        boolean ours = subject != null && subject.region().equals(region);
        // An operator may have been asked in another region than that of the node.
        if (ours || change.after().status() == Status.FORGOTTEN) {
          link.tell(change.after());
        }
        out.accept(change);
      }
      case Renamed renamed -> {
        wan.forget();
        changed = true;
        out.accept(renamed);
      }
      case Fenced fenced -> end(fenced);
      case Departed departed -> {
        // A second time: the first may be lost, and of a region's last node nobody else tells.
        link.sayGoodbye(out);
        end(departed);
      }
      default -> out.accept(output);
    }
  }

  /** Whoever is fenced or gone says nothing any more to other regions either. */
  private void end(SwimOutput last) {
    over = true;
    out.accept(last);
  }

  private void scheduleWake() {
    long running = Math.min(Math.min(localWakeNanos, wan.nextNanos()), link.nextNanos());
    long next = over ? Long.MAX_VALUE : running;
    if (next != wakeAtNanos) {
      wakeAtNanos = next;
      out.accept(new WakeAt(next));
    }
  }

  private static void refuse(SwimOutput output) {
    throw new IllegalStateException("output outside of a step: " + output);
  }
}
