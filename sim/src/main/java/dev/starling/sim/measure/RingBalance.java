package dev.starling.sim.measure;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.ring.Ring;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Topology;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How evenly a region's shards lie on its nodes, and how many change hands when a node goes or
 * another one joins.
 *
 * @param fewest how many shards the node with the fewest owns, as one of three owners
 * @param most the same, of the node with the most
 * @param fewestFirst of how many shards the node with the fewest is the first owner
 * @param mostFirst the same, of the node with the most
 * @param goes what a leaving node changes, on average over all nodes
 * @param joins what one more node changes, on average over as many of different names
 */
public record RingBalance(
    int fewest, int most, int fewestFirst, int mostFirst, Moves goes, Moves joins) {
  /**
   * What one node changes.
   *
   * @param gained how many shards get an owner that didn't own them before
   * @param necessary how many that one node owned or owns
   */
  public record Moves(double gained, double necessary) {}

  /** Measures a region of so many nodes in three zones. */
  public static RingBalance of(int nodes) {
    Topology region = Regions.one(nodes);
    String name = region.region(0);
    List<Fact> view = view(region);
    Ring whole = Ring.of(view);
    SortedMap<String, int[]> owned = new TreeMap<>();
    view.forEach(fact -> owned.put(fact.node().name(), new int[2]));
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      List<String> owners = whole.owners(shard, name);
      owners.forEach(owner -> count(owned, owner, 0));
      count(owned, owners.getFirst(), 1);
    }
    return new RingBalance(
        least(owned.values(), 0),
        most(owned.values(), 0),
        least(owned.values(), 1),
        most(owned.values(), 1),
        goes(view, name),
        joins(view, name));
  }

  private static Moves goes(List<Fact> view, String region) {
    Ring whole = Ring.of(view);
    long gained = 0;
    long necessary = 0;
    for (Fact leaving : view) {
      Ring without = Ring.of(view.stream().filter(fact -> !fact.equals(leaving)).toList());
      gained += gained(whole, without, region);
      necessary += owned(whole, leaving.node().name(), region);
    }
    return new Moves((double) gained / view.size(), (double) necessary / view.size());
  }

  /** The zones get one more each in turn. */
  private static Moves joins(List<Fact> view, String region) {
    Ring before = Ring.of(view);
    long gained = 0;
    long necessary = 0;
    for (int number = 0; number < view.size(); number++) {
      Fact like = view.get(number);
      Fact joining = Fact.alive(new NodeId("joining-" + number, 1), 0, infoOf(like));
      List<Fact> more = new ArrayList<>(view);
      more.add(joining);
      Ring after = Ring.of(more);
      gained += gained(before, after, region);
      necessary += owned(after, joining.node().name(), region);
    }
    return new Moves((double) gained / view.size(), (double) necessary / view.size());
  }

  private static List<Fact> view(Topology region) {
    World world = new World(1, region, CoreUnderTest.flat(SwimConfig.region()));
    List<Fact> view = new ArrayList<>();
    for (int number = 0; number < region.hosts(); number++) {
      NodeInfo info = world.info(number);
      view.add(Fact.alive(new NodeId(region.name(number), 1), 0, info));
    }
    return view;
  }

  private static void count(SortedMap<String, int[]> owned, String owner, int what) {
    int[] counts = owned.get(owner);
    if (counts != null) {
      counts[what]++;
    }
  }

  /** How many owners of shards weren't before. */
  private static long gained(Ring before, Ring after, String region) {
    long gained = 0;
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      List<String> former = before.owners(shard, region);
      gained +=
          after.owners(shard, region).stream().filter(owner -> !former.contains(owner)).count();
    }
    return gained;
  }

  /** How many shards a node owns. */
  private static long owned(Ring ring, String node, String region) {
    return IntStream.range(0, Ring.SHARDS)
        .filter(shard -> ring.owners(shard, region).contains(node))
        .count();
  }

  private static NodeInfo infoOf(Fact fact) {
    return Objects.requireNonNull(fact.info());
  }

  private static int least(Collection<int[]> counts, int what) {
    return counts.stream().mapToInt(count -> count[what]).min().orElse(0);
  }

  private static int most(Collection<int[]> counts, int what) {
    return counts.stream().mapToInt(count -> count[what]).max().orElse(0);
  }
}
