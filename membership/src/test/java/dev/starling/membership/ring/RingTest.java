package dev.starling.membership.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final String REGION = "north";

  @Property(tries = 50)
  void ownersAreTheSameInWhateverOrderNodesAreKnown(Choices choices) {
    List<Fact> view = view(choices, choices.between(0, 20), 4);
    view.add(node("far", "south", "a"));
    assertEquals(Ring.of(view), Ring.of(choices.shuffled(view)));
  }

  @Property(tries = 50)
  void ownersAreThreeNodesInAsManyZonesAsThereAre(Choices choices) {
    List<Fact> view = view(choices, choices.between(1, 20), choices.between(1, 5));
    Map<String, String> zones = new LinkedHashMap<>();
    view.forEach(fact -> zones.put(fact.node().name(), infoOf(fact).zone()));
    Ring ring = Ring.of(view);
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      List<String> owners = ring.owners(shard, REGION);
      assertEquals(Math.min(3, view.size()), Set.copyOf(owners).size());
      Set<String> theirs = new TreeSet<>();
      owners.forEach(owner -> theirs.add(Objects.requireNonNull(zones.get(owner))));
      assertEquals(Math.min(3, new TreeSet<>(zones.values()).size()), theirs.size());
    }
  }

  /** A node that goes is this read backwards: only what it owned finds other owners. */
  @Property(tries = 50)
  void onlyNewcomersGainShardsAndNobodyElseLosesMoreThanThose(Choices choices) {
    List<Fact> view = view(choices, choices.between(1, 12), choices.between(1, 4));
    List<Fact> more = new ArrayList<>(view);
    more.add(node("newcomer", REGION, "zone" + choices.between(0, 4)));
    Ring before = Ring.of(view);
    Ring after = Ring.of(more);
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      List<String> old = before.owners(shard, REGION);
      List<String> gained = new ArrayList<>(after.owners(shard, REGION));
      gained.removeAll(old);
      List<String> lost = new ArrayList<>(old);
      lost.removeAll(after.owners(shard, REGION));
      assertTrue(gained.isEmpty() || gained.equals(List.of("newcomer")), gained.toString());
      assertTrue(lost.size() <= gained.size(), lost + " for " + gained);
      String first = after.owners(shard, REGION).getFirst();
      assertTrue(first.equals(old.getFirst()) || first.equals("newcomer"), "first: " + first);
    }
  }

  /** Each zone owns each shard once; a node's share of its zone deviates as a random one does. */
  @Property(tries = 20)
  void shardsLieEvenlyOnTheNodesOfEqualZones(Choices choices) {
    int each = choices.between(1, 10);
    String names = "node" + choices.nextLong() + "-";
    List<Fact> view = new ArrayList<>();
    for (int i = 0; i < 3 * each; i++) {
      view.add(node(names + i, REGION, "zone" + i % 3));
    }
    Ring ring = Ring.of(view);
    Map<String, Integer> owned = new LinkedHashMap<>();
    Map<String, Integer> first = new LinkedHashMap<>();
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      List<String> owners = ring.owners(shard, REGION);
      owners.forEach(owner -> owned.merge(owner, 1, Integer::sum));
      first.merge(owners.getFirst(), 1, Integer::sum);
    }
    for (Fact fact : view) {
      assertShare(1.0 / each, owned.getOrDefault(fact.node().name(), 0));
      assertShare(1.0 / view.size(), first.getOrDefault(fact.node().name(), 0));
    }
  }

  /** Nodes of different versions must agree, so these never change. */
  @Test
  void shardsAndOwnersStayAsTheyWere() {
    assertEquals(1_024, Ring.SHARDS);
    List<Integer> shards =
        List.of(
            Ring.shardOf(""),
            Ring.shardOf("lobby"),
            Ring.shardOf("room-1"),
            Ring.shardOf("room-2"),
            Ring.shardOf("z\u00fcrich"));
    assertEquals(List.of(294, 871, 63, 96, 778), shards);
    List<Fact> view = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      view.add(node("node-" + i, REGION, "zone" + i % 3));
    }
    Ring ring = Ring.of(view);
    assertEquals(List.of("node-8", "node-3", "node-7"), ring.owners(0, REGION));
    assertEquals(List.of("node-5", "node-0", "node-1"), ring.owners(1, REGION));
    assertEquals(List.of("node-8", "node-1", "node-0"), ring.owners(511, REGION));
    assertEquals(List.of("node-4", "node-8", "node-6"), ring.owners(1_023, REGION));
    List<List<String>> all = new ArrayList<>();
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      all.add(ring.owners(shard, REGION));
    }
    assertEquals(1_949_808_989, all.hashCode());
  }

  @Test
  void nodesThatDrainOrAreGoneOwnNothingAndNobodyOwnsInARegionWithoutNodes() {
    Fact lives = node("lives", REGION, "a");
    Fact drains = node("drains", REGION, "b");
    Fact gone = node("gone", REGION, "c");
    Ring ring =
        Ring.of(
            List.of(
                lives,
                drains.withInfo(infoOf(drains).withDraining(true)),
                Fact.dead(gone.node(), 0).withInfo(gone.info()),
                Fact.left(new NodeId("left", 1), 0).withInfo(gone.info())));
    assertEquals(List.of("lives"), ring.owners(7, REGION));
    assertEquals(List.of(), ring.owners(7, "south"));
    assertEquals(List.of(REGION), List.copyOf(ring.regions()));
  }

  @Test
  void suspicionMovesNothing() {
    Fact one = node("one", REGION, "a");
    Fact other = node("other", REGION, "b");
    Fact suspect = Fact.suspect(other.node(), 0, one.node(), false).withInfo(other.info());
    assertEquals(Ring.of(List.of(one, other)), Ring.of(List.of(one, suspect)));
  }

  /** Six standard deviations around what is expected of a share of the shards. */
  private static void assertShare(double share, int shards) {
    double mean = share * Ring.SHARDS;
    double slack = 6 * Math.sqrt(mean * (1 - share)) + 1;
    assertTrue(Math.abs(shards - mean) <= slack, shards + " where " + mean + " are due");
  }

  private static List<Fact> view(Choices choices, int nodes, int zones) {
    List<Fact> view = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      String name = "node" + choices.between(0, 99) + "-" + i;
      view.add(node(name, REGION, "zone" + choices.between(0, zones - 1)));
    }
    return view;
  }

  private static Fact node(String name, String region, String zone) {
    return Fact.alive(new NodeId(name, 1), 0, HandNetwork.info(name, region, zone));
  }

  private static NodeInfo infoOf(Fact fact) {
    return Objects.requireNonNull(fact.info());
  }
}
