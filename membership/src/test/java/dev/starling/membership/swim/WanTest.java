package dev.starling.membership.swim;

import static dev.starling.membership.swim.OneNode.MILLI;
import static dev.starling.membership.swim.OneNode.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.membership.Status;
import dev.starling.membership.swim.OneNode.Sent;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.News;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Between regions everything takes longer. */
class WanTest {
  private static final SwimConfig CONFIG = SwimConfig.wan();

  @Test
  void newsGoesToTwoEvery300Milliseconds() {
    OneNode node = OneNode.among(20, CONFIG, 1);
    node.news(OneNode.alive("new"));
    node.run(10 * SECOND);
    TreeMap<Long, Integer> ticks = new TreeMap<>();
    node.sent(News.class).forEach(sent -> ticks.merge(sent.atNanos(), 1, Integer::sum));
    List<Long> times = List.copyOf(ticks.keySet());
    for (int i = 1; i < times.size(); i++) {
      assertEquals(300 * MILLI, times.get(i) - times.get(i - 1));
    }
    assertEquals(2, ticks.firstEntry().getValue());
  }

  @Test
  void tablesAreComparedEveryTenSeconds() {
    OneNode node = OneNode.among(9, CONFIG, 2);
    node.run(60 * SECOND);
    List<Long> times = node.sent(Digest.class).map(Sent::atNanos).toList();
    for (int i = 1; i < times.size(); i++) {
      assertEquals(10 * SECOND, times.get(i) - times.get(i - 1));
    }
    assertEquals(6, times.size());
  }

  @Test
  void twoConfirmationsMakeASuspicionAsShortAsItGetsHoweverManyNodesThereAre() {
    for (int nodes : new int[] {9, 98, 99, 150}) {
      OneNode node = OneNode.among(nodes - 1, CONFIG, 3);
      long least = (long) (4 * Math.max(1, Math.log10(nodes)) * 2 * SECOND);
      node.news(OneNode.suspect("p5", "p1"));
      node.news(OneNode.suspect("p5", "p2"), OneNode.suspect("p5", "p3"));
      node.run(least - 1);
      assertEquals(Status.SUSPECT, node.status("p5"), nodes + " nodes");
      node.run(1);
      assertEquals(Status.DEAD, node.status("p5"), nodes + " nodes");
    }
  }

  @Test
  void oneConfirmationIsNotEnoughForThat() {
    OneNode node = OneNode.among(149, CONFIG, 4);
    long least = (long) (4 * Math.log10(150) * 2 * SECOND);
    node.news(OneNode.suspect("p5", "p1"), OneNode.suspect("p5", "p2"));
    node.run(least);
    assertEquals(Status.SUSPECT, node.status("p5"));
  }
}
