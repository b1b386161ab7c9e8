package dev.starling.membership.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GossipQueueTest {
  private final GossipQueue queue = new GossipQueue(4);

  @Test
  void newerFactReplacesTheOlderOne() {
    queue.add(OneNode.alive("a"));
    queue.add(Fact.dead(OneNode.id("a"), 0));
    assertEquals(List.of(Fact.dead(OneNode.id("a"), 0)), queue.take(1_000, 3, null));
  }

  @Test
  void accusationsByDifferentNodesGoTogether() {
    queue.add(OneNode.suspect("a", "b"));
    queue.add(OneNode.suspect("a", "c"));
    queue.add(OneNode.suspect("a", "c"));
    assertEquals(2, queue.size());
    queue.add(Fact.dead(OneNode.id("a"), 0));
    assertEquals(1, queue.size());
  }

  @Test
  void leastOftenSentGoesFirst() {
    queue.add(OneNode.alive("a"));
    queue.take(1_000, 3, null);
    queue.add(OneNode.alive("b"));
    int room = Sizes.of(OneNode.alive("b"));
    assertEquals(List.of(OneNode.alive("b")), queue.take(room, 3, null));
  }

  @Test
  void factThatThePacketHasAlreadyIsNotRepeated() {
    queue.add(OneNode.alive("a"));
    assertEquals(List.of(), queue.take(1_000, 3, OneNode.alive("a")));
    assertEquals(1, queue.size());
  }

  @Test
  void forgottenNodeIsNotToldOf() {
    queue.add(OneNode.alive("a"));
    queue.forget("a");
    assertTrue(queue.isEmpty());
  }

  @Property(tries = 200)
  void packetNeverHoldsMoreThanItsRoom(Choices choices) {
    GossipQueue mine = new GossipQueue(4);
    for (int i = choices.between(0, 40); i > 0; i--) {
      mine.add(Facts.any(choices));
    }
    int room = choices.between(0, 1_200);
    int used = mine.take(room, 5, null).stream().mapToInt(Sizes::of).sum();
    assertTrue(used <= room, used + " of " + room);
  }

  @Property(tries = 200)
  void hashOfARegionIsThatOfItsNodes(Choices choices) {
    OneNode node = new OneNode(SwimConfig.region(), 1);
    node.step(new SwimInput.Carry(choices.listOf(60, Facts::any)));
    for (String region : List.of(SmallGroup.REGION, "south", "west", "nowhere")) {
      long hash = 0;
      for (Fact fact : node.core.facts()) {
        NodeInfo info = Objects.requireNonNull(fact.info());
        hash ^= info.region().equals(region) ? FactHash.of(fact) : 0;
      }
      assertEquals(hash, node.core.hashOf(region), region);
    }
  }

  @Property(tries = 200)
  void hashIsTheSameInAnyOrderAndDiffersWithAnyPart(Choices choices) {
    Fact fact = Fact.alive(OneNode.id("a"), 3, OneNode.info("a"));
    long hash = FactHash.of(fact);
    assertNotEquals(hash, FactHash.of(Fact.alive(OneNode.id("b"), 3, OneNode.info("a"))));
    assertNotEquals(hash, FactHash.of(Fact.alive(OneNode.id("a"), 4, OneNode.info("a"))));
    assertNotEquals(hash, FactHash.of(Fact.alive(new NodeId("a", 2), 3, OneNode.info("a"))));
    assertNotEquals(hash, FactHash.of(Fact.suspect(OneNode.id("a"), 3, OneNode.id("b"), false)));
    assertEquals(0, FactHash.of(Fact.dead(OneNode.id("a"), 3)), "each forgets in its own time");
    List<Fact> facts = choices.listOf(20, Facts::any);
    long one = facts.stream().mapToLong(FactHash::of).reduce(0, (x, y) -> x ^ y);
    long other =
        choices.shuffled(facts).stream().mapToLong(FactHash::of).reduce(0, (x, y) -> x ^ y);
    assertEquals(one, other);
  }
}
