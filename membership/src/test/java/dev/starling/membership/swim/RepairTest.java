package dev.starling.membership.swim;

import static dev.starling.membership.swim.OneNode.MILLI;
import static dev.starling.membership.swim.OneNode.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.OneNode.Sent;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput.Renamed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RepairTest {
  private static final SwimConfig CONFIG = SwimConfig.region();

  @Test
  void newsGoesToThreeEveryTickAndThenThereIsSilence() {
    OneNode node = OneNode.among(20, CONFIG, 1);
    node.news(OneNode.alive("new"));
    node.run(10 * SECOND);
    Set<Long> ticks = new TreeSet<>();
    node.sent(News.class).map(Sent::atNanos).forEach(ticks::add);
    List<Long> times = List.copyOf(ticks);
    for (int i = 1; i < times.size(); i++) {
      assertEquals(100 * MILLI, times.get(i) - times.get(i - 1));
    }
    long first = times.getFirst();
    assertEquals(3, node.sent(News.class).filter(sent -> sent.atNanos() == first).count());
    node.forget();
    node.run(60 * SECOND);
    assertEquals(0, node.sent(News.class).count(), "nothing is queued");
  }

  @Test
  void factIsSentFourTimesTheLogarithmOfTheGroupAndEightTimesInASmallOne() {
    assertEquals(8, timesTold(3));
    assertEquals(8, timesTold(8));
    assertEquals(8, timesTold(97), "99 nodes: log10(100) = 2");
    assertEquals(12, timesTold(98), "100 nodes: log10(101) > 2");
  }

  @Test
  void tablesAreComparedEveryTwoSecondsAndMoreSeldomAbove32Nodes() {
    assertEquals(2, syncSeconds(31));
    assertEquals(4, syncSeconds(32));
    assertEquals(4, syncSeconds(63));
    assertEquals(6, syncSeconds(64));
  }

  @Test
  void tableIsSentOnlyWhereHashesDiffer() {
    OneNode node = OneNode.among(5, CONFIG, 2);
    node.hear(Channel.STREAM, "p1", new Digest(node.core.hash(), false));
    assertEquals(0, node.sent(Table.class).count());
    node.hear(Channel.STREAM, "p1", new Digest(node.core.hash() + 1, false));
    assertEquals(1, node.sent(Table.class).count());
  }

  @Test
  void tablesInAnswerAreBoundedInASecond() {
    int most = CONFIG.bounds().tablesPerSecond();
    OneNode node = OneNode.among(5, CONFIG, 3);
    for (int i = 0; i < 3 * most; i++) {
      node.hear(Channel.STREAM, "p1", new Table(true));
      node.hear(Channel.STREAM, "p1", new Digest(1, true));
    }
    assertEquals(most, node.sent(Table.class).count());
  }

  @Test
  void oneOfTheDeadIsCalledAndToldOfItsDeathTheMoreOftenTheMoreAreDead() {
    OneNode node = OneNode.among(5, CONFIG, 4);
    Fact death = Fact.dead(OneNode.id("p3"), 0);
    node.news(death);
    node.run(10 * SECOND);
    node.forget();
    node.run(60 * SECOND);
    List<Sent> calls = node.sent(Ping.class).filter(sent -> sent.to().equals("p3")).toList();
    long living = 5;
    long known = 6;
    assertEquals(5 * SECOND * living / known, calls.get(1).atNanos() - calls.get(0).atNanos());
    calls.forEach(call -> assertTrue(call.facts().contains(death)));
  }

  @Test
  void deadAreRememberedForADayAndThenForgotten() {
    OneNode node = OneNode.among(1, CONFIG.withoutStallGuard(), 5).silenceAll();
    node.news(Fact.left(OneNode.id("p1"), 0));
    long day = 86_400 * SECOND;
    long start = node.now();
    sleepUntil(node, start + day);
    assertTrue(node.knows("p1"));
    sleepUntil(node, start + day + 20 * SECOND);
    assertFalse(node.knows("p1"));
  }

  @Test
  void deathOfSomebodyUnknownIsNotRemembered() {
    OneNode node = OneNode.among(5, CONFIG, 6);
    node.news(Fact.dead(OneNode.id("stranger"), 3).withInfo(OneNode.info("stranger")));
    assertFalse(node.knows("stranger"));
  }

  @Test
  void deathInATableIsADoubtOfWhomOneBelievesAlive() {
    OneNode node = OneNode.among(5, CONFIG, 7);
    node.hear(Channel.STREAM, "p1", new Table(false), Fact.dead(OneNode.id("p3"), 0));
    assertEquals(OneNode.suspect("p3", "p1"), node.belief("p3").brief());
  }

  @Test
  void endThatOthersOutsideBelieveInIsADoubtHere() {
    for (Fact end : List.of(Fact.dead(OneNode.id("p3"), 0), Fact.left(OneNode.id("p3"), 0))) {
      OneNode node = OneNode.among(5, CONFIG, 8);
      node.step(new SwimInput.Consider(List.of(end), OneNode.id("far")));
      assertEquals(Status.SUSPECT, node.status("p3"));
      node.news(Fact.alive(OneNode.id("p3"), 1, OneNode.info("p3")));
      assertEquals(Status.ALIVE, node.status("p3"));
    }
  }

  @Test
  void ownEndThatOthersOutsideBelieveInIsRefuted() {
    OneNode node = OneNode.among(5, CONFIG, 9);
    Fact end = Fact.left(OneNode.SELF, 6);
    node.step(new SwimInput.Consider(List.of(end), OneNode.id("far")));
    assertEquals(7, node.core.selfFact().incarnation());
  }

  @Test
  void rememberedNodesAreBelievedAndNotSpread() {
    OneNode node = OneNode.among(5, CONFIG, 10);
    node.step(new SwimInput.Remember(List.of(OneNode.alive("old"), OneNode.suspect("x", "y"))));
    assertEquals(Status.ALIVE, node.status("old"));
    assertFalse(node.knows("x"));
    node.run(5 * SECOND);
    assertEquals(0, node.timesTold("old"));
  }

  @Test
  void nodeThatNobodyKnowsYetTakesALaterGenerationThanItsEarlierLife() {
    OneNode node = new OneNode(CONFIG, 11);
    node.step(new SwimInput.Seek(List.of(new Endpoint("p1", 2))));
    Fact earlier = Fact.alive(new NodeId("self", 41), 3, OneNode.info("self"));
    node.hear(Channel.STREAM, "p1", new Table(true), OneNode.alive("p1"), earlier);
    NodeId renamed = new NodeId("self", 42);
    assertEquals(List.of(new Renamed(renamed)), node.said(Renamed.class));
    assertEquals(renamed, node.core.self());
  }

  @Test
  void seedThatNobodyKnowsIsCalledHoweverManyTablesCome() {
    OneNode node = OneNode.among(5, CONFIG, 12);
    node.step(new SwimInput.Seek(List.of(new Endpoint("elsewhere", 2))));
    node.forget();
    for (int i = 0; i < 30; i++) {
      node.run(5 * SECOND);
      node.hear(Channel.STREAM, "p1", new Table(false), OneNode.alive("p1"));
    }
    long calls = node.sent(Digest.class).filter(sent -> sent.to().equals("elsewhere")).count();
    assertTrue(calls >= 4, "every 30 s: " + calls);
  }

  @Test
  void fullTableRefusesStrangersAndForgetsTheLongestGoneFirst() {
    SwimConfig.Bounds bounds = new SwimConfig.Bounds(4, 1_160, 256, 50, 8, 256);
    OneNode node = OneNode.among(3, CONFIG.with(bounds), 13);
    node.news(OneNode.alive("fourth"));
    assertFalse(node.knows("fourth"));
    node.news(Fact.dead(OneNode.id("p2"), 0));
    node.news(OneNode.alive("fourth"));
    assertTrue(node.knows("fourth"));
    assertFalse(node.knows("p2"));
  }

  /**
   * Days without the work of every period: only inputs that come late, as on a sleeping machine.
   */
  private static void sleepUntil(OneNode node, long end) {
    while (node.wakeAt() + 3_600 * SECOND < end) {
      node.stall(3_600 * SECOND);
    }
    node.runUntil(end);
  }

  private static long timesTold(int peers) {
    OneNode node = OneNode.among(peers, CONFIG, 20);
    node.news(OneNode.alive("new"));
    node.run(30 * SECOND);
    return node.timesTold("new");
  }

  private static long syncSeconds(int peers) {
    OneNode node = OneNode.among(peers, CONFIG, 21);
    node.run(100 * SECOND);
    List<Sent> syncs = node.sent(Digest.class).toList();
    return (syncs.get(1).atNanos() - syncs.get(0).atNanos()) / SECOND;
  }
}
