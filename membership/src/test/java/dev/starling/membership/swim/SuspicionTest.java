package dev.starling.membership.swim;

import static dev.starling.membership.swim.OneNode.MILLI;
import static dev.starling.membership.swim.OneNode.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimInput.ConnectionRefused;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.membership.swim.SwimOutput.Fenced;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  private static final SwimConfig CONFIG = SwimConfig.region();

  @Test
  void leastSuspicionIsThreePeriodsTimesTheLogarithmOfTheGroup() {
    assertEquals(1_500, suspicionMillis(9, CONFIG, 3));
    assertEquals(3 * 500 * Math.log10(51), suspicionMillis(50, CONFIG, 3), 1);
    assertEquals(3_000, suspicionMillis(99, CONFIG, 4));
  }

  @Test
  void leastSuspicionBetweenRegionsIsFourPeriods() {
    assertEquals(8_000, suspicionMillis(8, SwimConfig.wan(), 3));
    assertEquals(32_000, suspicionMillis(8, SwimConfig.wan(), 1));
  }

  @Test
  void suspicionThatNobodyConfirmsTakesFourTimesTheLeast() {
    assertEquals(6_000, suspicionMillis(9, CONFIG, 1));
    assertEquals(12_000, suspicionMillis(99, CONFIG, 1));
  }

  @Test
  void eachConfirmationShortensTheSuspicionByTheLogarithm() {
    double one = 6_000 - 4_500 * Math.log(2) / Math.log(3);
    assertEquals(one, suspicionMillis(9, CONFIG, 2), 1);
    double oneOfThree = 12_000 - 9_000 * Math.log(2) / Math.log(4);
    double twoOfThree = 12_000 - 9_000 * Math.log(3) / Math.log(4);
    assertEquals(oneOfThree, suspicionMillis(99, CONFIG, 2), 1);
    assertEquals(twoOfThree, suspicionMillis(99, CONFIG, 3), 1);
  }

  @Test
  void moreConfirmationsThanWantedChangeNothing() {
    assertEquals(1_500, suspicionMillis(9, CONFIG, 6));
  }

  @Test
  void sameAccuserCountsOnce() {
    OneNode node = OneNode.among(9, CONFIG, 1);
    long start = node.now();
    for (int i = 0; i < 5; i++) {
      node.news(OneNode.suspect("p9", "p2"));
    }
    node.runUntil(start + 6 * SECOND - 1);
    assertEquals(Status.SUSPECT, node.status("p9"));
  }

  @Test
  void wantedConfirmationsFollowTheGroupsSize() {
    assertEquals(1_500, suspicionMillis(1, CONFIG, 1), "two nodes: nobody could confirm");
    assertEquals(6_000, suspicionMillis(2, CONFIG, 1), "three nodes: one could");
    assertEquals(1_500, suspicionMillis(2, CONFIG, 2));
    assertEquals(1_500, suspicionMillis(3, CONFIG, 3), "four nodes: two are wanted");
    assertEquals(3 * 500 * Math.log10(99), suspicionMillis(98, CONFIG, 3), 1);
    assertTrue(suspicionMillis(99, CONFIG, 3) > 3_000, "from a hundred nodes on: three");
  }

  @Test
  void refutationEndsASuspicion() {
    OneNode node = OneNode.among(9, CONFIG, 2);
    node.news(OneNode.suspect("p9", "p2"));
    node.run(SECOND);
    node.news(Fact.alive(OneNode.id("p9"), 1, OneNode.info("p9")));
    node.run(20 * SECOND);
    assertEquals(Status.ALIVE, node.status("p9"));
    assertEquals(1, node.belief("p9").incarnation());
  }

  @Test
  void suspectedNodeRefutesWithAHigherIncarnationAtOnce() {
    OneNode node = OneNode.among(9, CONFIG, 3);
    node.news(Fact.suspect(OneNode.SELF, 4, OneNode.id("p2"), false));
    assertEquals(5, node.core.selfFact().incarnation());
    assertEquals(3, node.sent(News.class).count(), "three are told, without waiting for a tick");
    assertTrue(node.sent(News.class).allMatch(sent -> sent.facts().contains(node.core.selfFact())));
  }

  @Test
  void whoMissedTheRefutationIsRemindedOfIt() {
    OneNode node = OneNode.among(9, CONFIG, 4);
    Fact accusation = Fact.suspect(OneNode.SELF, 0, OneNode.id("p2"), false);
    node.news(accusation);
    node.run(10 * SECOND);
    node.forget();
    node.news(accusation);
    node.run(SECOND);
    assertEquals(1, node.core.selfFact().incarnation(), "refuted already");
    assertTrue(node.timesTold("self") > 0);
  }

  @Test
  void refusedConnectionSeenByTwoEndsASuspicion() {
    OneNode node = OneNode.among(9, CONFIG, 5);
    node.news(Fact.suspect(OneNode.id("p9"), 0, OneNode.id("p2"), true));
    assertEquals(Status.SUSPECT, node.status("p9"), "one may have met a full accept queue");
    node.news(Fact.suspect(OneNode.id("p9"), 0, OneNode.id("p2"), true));
    assertEquals(Status.SUSPECT, node.status("p9"), "the same one again");
    node.news(Fact.suspect(OneNode.id("p9"), 0, OneNode.id("p3"), true));
    assertEquals(Status.DEAD, node.status("p9"));
  }

  @Test
  void refusalSeenByOneAloneTakesAsLongAsAnySuspicion() {
    OneNode node = OneNode.among(9, CONFIG, 6);
    long start = node.now();
    node.news(Fact.suspect(OneNode.id("p9"), 0, OneNode.id("p2"), true));
    node.runUntil(start + 6 * SECOND - 1);
    assertEquals(Status.SUSPECT, node.status("p9"));
    node.runUntil(start + 6 * SECOND);
    assertEquals(Status.DEAD, node.status("p9"));
  }

  @Test
  void inAPairOneRefusalIsAllThereCanBe() {
    OneNode node = OneNode.among(1, CONFIG, 7).silence("p1");
    node.step(new ConnectionRefused(OneNode.id("p1")));
    node.run(60 * MILLI);
    assertEquals(Status.DEAD, node.status("p1"));
  }

  @Test
  void nodeThatIsLeftAloneBelievesARefusalThoughItDoubtsItself() {
    OneNode node = OneNode.among(3, CONFIG, 11).silence("p1").silence("p2").silence("p3");
    long start = node.now();
    node.step(new ConnectionRefused(OneNode.id("p1")));
    node.runUntil(start + 7 * SECOND);
    assertEquals(Status.DEAD, node.status("p1"));
    assertTrue(node.status("p2").isLive(), "silence may be this node's own doing");
    assertTrue(node.status("p3").isLive(), "silence may be this node's own doing");
  }

  @Test
  void peerThatAnswersIsNotSuspectedForARefusedConnection() {
    OneNode node = OneNode.among(9, CONFIG, 8);
    node.step(new ConnectionRefused(OneNode.id("p4")));
    node.run(20 * SECOND);
    assertEquals(0, node.said(Changed.class).size());
  }

  @Test
  void acceptedStreamForgetsThatOneWasRefused() {
    OneNode node = OneNode.among(9, CONFIG, 9).silence("p4");
    node.step(new ConnectionRefused(OneNode.id("p4")));
    node.run(60 * MILLI);
    assertEquals(Status.SUSPECT, node.status("p4"));
    node.news(Fact.alive(OneNode.id("p4"), 1, OneNode.info("p4")));
    answerOverTheStream(node);
    node.run(500 * MILLI);
    ProbeTest.nextProbeOf(node, "p4");
    node.said.clear();
    node.run(60 * MILLI);
    answerOverTheStream(node);
    node.run(500 * MILLI);
    assertEquals(Status.ALIVE, node.status("p4"));
    assertEquals(List.of(), node.said(Changed.class));
  }

  @Test
  void doubtedSenderIsToldAtOnce() {
    for (Fact doubt :
        List.of(
            OneNode.suspect("p9", "p2"),
            Fact.dead(OneNode.id("p9"), 0),
            Fact.left(OneNode.id("p9"), 0))) {
      OneNode node = OneNode.among(9, CONFIG, 10);
      node.news(doubt);
      node.run(2 * SECOND);
      node.forget();
      node.hear("p9", new Ack(12345));
      assertEquals(doubt, told(node, Channel.DATAGRAM), doubt::toString);
      node.run(SECOND);
      node.forget();
      node.hear(Channel.STREAM, "p9", new Ping(7, OneNode.SELF));
      assertEquals(doubt, told(node, Channel.STREAM), doubt::toString);
    }
  }

  @Test
  void senderOfAnEarlierLifeIsToldOfTheLaterOne() {
    OneNode node = OneNode.among(9, CONFIG, 11);
    Fact later = Fact.alive(new NodeId("p9", 2), 0, OneNode.info("p9"));
    node.news(later);
    node.run(SECOND);
    node.forget();
    node.hear("p9", new News());
    assertEquals(later, told(node, Channel.DATAGRAM));
  }

  @Test
  void nodesThatDoubtEachOtherDontTellEachOtherForEver() {
    OneNode node = OneNode.among(9, CONFIG, 12);
    node.news(Fact.dead(OneNode.id("p9"), 0));
    node.run(5 * SECOND);
    node.forget();
    for (int i = 0; i < 50; i++) {
      node.hear("p9", new News());
    }
    assertEquals(1, node.sent.size());
  }

  @Test
  void laterLifeOfTheSameNameFencesTheEarlierOne() {
    OneNode node = OneNode.among(3, CONFIG, 13);
    NodeId later = new NodeId("self", 2);
    node.news(Fact.alive(later, 0, OneNode.info("self")));
    assertEquals(List.of(new Fenced(later)), node.said(Fenced.class));
    node.forget();
    node.hear("p1", new Ping(1, OneNode.SELF));
    node.hear("p1", new Digest(0, true));
    node.run(60 * SECOND);
    assertEquals(List.of(), node.sent, "it says nothing any more");
    assertEquals(Long.MAX_VALUE, node.wakeAt());
  }

  @Test
  void fencedNodeSaysNothingInTheSameStepEither() {
    OneNode node = OneNode.among(3, CONFIG, 13);
    node.forget();
    Fact later = Fact.alive(new NodeId("self", 2), 0, OneNode.info("self"));
    node.hear("p1", new Ping(1, OneNode.SELF), later, OneNode.alive("p9"));
    assertEquals(1, node.said(Fenced.class).size());
    assertEquals(List.of(), node.sent);
  }

  @Test
  void copyOfTheSameIdentityFencesThisNode() {
    OneNode node = OneNode.among(3, CONFIG, 14);
    node.news(Fact.alive(OneNode.SELF, 9, OneNode.info("self")));
    assertEquals(1, node.said(Fenced.class).size());
  }

  @Test
  void earlierLifeFencesNobody() {
    OneNode node = OneNode.among(3, CONFIG, 15);
    node.news(Fact.alive(new NodeId("self", 0), 9, OneNode.info("self")));
    assertEquals(0, node.said(Fenced.class).size());
    assertFalse(node.core.selfFact().incarnation() > 0);
  }

  private static void answerOverTheStream(OneNode node) {
    OneNode.Sent ping =
        node.sent(Ping.class)
            .filter(sent -> sent.send().channel() == Channel.STREAM && sent.to().equals("p4"))
            .findFirst()
            .orElseThrow();
    node.hear(Channel.STREAM, "p4", new Ack(ProbeTest.sequenceOf(ping)));
  }

  /** The one fact about p9 that went back to p9. */
  private static Fact told(OneNode node, Channel channel) {
    return node.sent.stream()
        .filter(sent -> sent.send().channel() == channel && sent.to().equals("p9"))
        .flatMap(sent -> sent.facts().stream())
        .filter(fact -> fact.node().name().equals("p9"))
        .findFirst()
        .orElseThrow();
  }

  /** How long a suspicion by so many takes in a group of one node and so many peers. */
  private static double suspicionMillis(int peers, SwimConfig config, int accusers) {
    OneNode node = OneNode.among(peers, config, 30);
    long start = node.now();
    for (int i = 0; i < accusers; i++) {
      node.news(OneNode.suspect("p" + peers, "accuser" + i));
    }
    while (node.status("p" + peers) != Status.DEAD) {
      node.runUntil(node.wakeAt());
    }
    return (node.now() - start) / (double) MILLI;
  }
}
