package dev.starling.sim.node;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.region.TwoTierCore;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Holdings;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimOutput;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The production core that runs on a machine: both tiers, or one flat group. */
public sealed interface CoreUnderTest {
  void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out);

  NodeId self();

  List<Fact> facts();

  /** What this node says of itself. */
  Fact selfFact();

  List<String> unreachableRegions();

  /** How much it keeps beside its table. */
  Holdings holdings();

  /** The names of a region's bridges. */
  List<String> bridges(String region);

  /** Makes the core of one life of one node. */
  @FunctionalInterface
  interface Factory {
    CoreUnderTest start(NodeId self, NodeInfo info, RandomGenerator random, long nowNanos);
  }

  /** Regions with bridges between them, as in production. */
  static Factory twoTiers(SwimConfig region, SwimConfig wan, RegionConfig regions) {
    return (self, info, random, now) ->
        new TwoTiers(new TwoTierCore(self, info, region, wan, regions, random, now));
  }

  /** One group of all. */
  static Factory flat(SwimConfig config) {
    return (self, info, random, now) ->
        new Flat(new SwimCore(Group.ofAll("flat"), self, info, config, random, now));
  }

  /** Both tiers. */
  record TwoTiers(TwoTierCore core) implements CoreUnderTest {
    @Override
    public void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out) {
      core.step(input, nowNanos, out);
    }

    @Override
    public NodeId self() {
      return core.self();
    }

    @Override
    public List<Fact> facts() {
      return core.facts();
    }

    @Override
    public List<String> unreachableRegions() {
      return core.unreachableRegions();
    }

    @Override
    public Fact selfFact() {
      return core.selfFact();
    }

    @Override
    public Holdings holdings() {
      return core.holdings();
    }

    @Override
    public List<String> bridges(String region) {
      return core.bridges(region);
    }
  }

  /** One group. */
  record Flat(SwimCore core) implements CoreUnderTest {
    @Override
    public void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out) {
      core.step(input, nowNanos, out);
    }

    @Override
    public NodeId self() {
      return core.self();
    }

    @Override
    public List<Fact> facts() {
      return core.facts();
    }

    @Override
    public List<String> unreachableRegions() {
      return List.of();
    }

    @Override
    public Fact selfFact() {
      return core.selfFact();
    }

    @Override
    public Holdings holdings() {
      return core.holdings();
    }

    @Override
    public List<String> bridges(String region) {
      return List.of();
    }
  }
}
