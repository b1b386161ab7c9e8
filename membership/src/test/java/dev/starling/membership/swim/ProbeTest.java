package dev.starling.membership.swim;

import static dev.starling.membership.swim.OneNode.MILLI;
import static dev.starling.membership.swim.OneNode.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.OneNode.Sent;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimOutput.EdgeDegraded;
import dev.starling.membership.swim.SwimOutput.EdgeRestored;
import dev.starling.membership.swim.SwimOutput.ProbeFailed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void oneMemberIsProbedAPeriod() {
    assertEquals(List.of(500 * MILLI), gaps(OneNode.among(5, SwimConfig.region(), 1)));
    assertEquals(List.of(2 * SECOND), gaps(OneNode.among(5, SwimConfig.wan(), 1)));
  }

  @Test
  void everybodyHasATurnInEachRound() {
    OneNode node = OneNode.among(7, SwimConfig.region(), 2);
    node.run(100 * SECOND);
    List<String> targets = node.probes().stream().map(Sent::to).toList();
    int gap = 0;
    for (int i = 1; i <= 7; i++) {
      gap = Math.max(gap, longestGap(targets, "p" + i));
    }
    assertTrue(gap <= 2 * 7 - 1, "a round of seven, then one of seven at most: " + gap);
    assertTrue(gap > 7, "each round has an order of its own");
  }

  @Test
  void newcomerIsProbedWithinTwoRounds() {
    OneNode node = OneNode.among(9, SwimConfig.region(), 3);
    node.news(OneNode.alive("new"));
    node.run(20 * 500 * MILLI);
    assertTrue(node.probes().stream().anyMatch(probe -> probe.to().equals("new")));
  }

  @Test
  void directAnswerIsAwaitedForTwiceTheSlowestRoundTripsWithinBounds() {
    assertEquals(50 * MILLI, directTimeout(MILLI, SwimConfig.region()));
    assertEquals(160 * MILLI, directTimeout(80 * MILLI, SwimConfig.region()));
    assertEquals(250 * MILLI, directTimeout(200 * MILLI, SwimConfig.region()));
    assertEquals(400 * MILLI, directTimeout(90 * MILLI, SwimConfig.wan()));
    assertEquals(600 * MILLI, directTimeout(300 * MILLI, SwimConfig.wan()));
    assertEquals(SECOND, directTimeout(700 * MILLI, SwimConfig.wan()));
  }

  @Test
  void threeHelpersAndTheStreamAreTriedBesideEachOther() {
    OneNode node = OneNode.among(8, SwimConfig.region(), 4).silence("p4");
    long at = probeOf(node, "p4") + 50 * MILLI;
    node.runUntil(at);
    List<Sent> now = node.sent.stream().filter(sent -> sent.atNanos() == at).toList();
    Set<String> helpers =
        now.stream()
            .filter(sent -> sent.message() instanceof PingRequest)
            .map(Sent::to)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(3, helpers.size());
    assertTrue(!helpers.contains("p4"));
    assertEquals(
        List.of("p4"),
        now.stream()
            .filter(sent -> sent.message() instanceof Ping)
            .filter(sent -> sent.send().channel() == Channel.STREAM)
            .map(Sent::to)
            .toList());
  }

  @Test
  void oneHelperIsInAnotherZone() {
    for (int seed = 0; seed < 20; seed++) {
      OneNode node = OneNode.among(12, SwimConfig.region(), seed).silence("p4");
      node.news(
          Fact.alive(OneNode.id("far"), 0, HandNetwork.info("far", SmallGroup.REGION, "another")));
      node.runUntil(probeOf(node, "p4") + 50 * MILLI);
      List<String> helpers = node.sent(PingRequest.class).map(Sent::to).toList();
      assertEquals(3, helpers.size());
      assertTrue(helpers.contains("far"), "seed " + seed);
    }
  }

  @Test
  void suspicionWaitsUntilDatagramRelayAndStreamAllFailed() {
    OneNode node = OneNode.among(8, SwimConfig.region(), 5).silence("p4");
    long start = probeOf(node, "p4");
    node.runUntil(start + 500 * MILLI - 1);
    assertEquals(Status.ALIVE, node.status("p4"));
    node.runUntil(start + 500 * MILLI);
    assertEquals(Status.SUSPECT, node.status("p4"));
    assertEquals(1, node.said(ProbeFailed.class).size());
  }

  @Test
  void answerOverTheStreamAloneAvertsSuspicion() {
    OneNode node = OneNode.among(8, SwimConfig.region(), 6).silence("p4");
    Sent probe = nextProbeOf(node, "p4");
    node.run(60 * MILLI);
    node.hear(Channel.STREAM, "p4", new Ack(sequenceOf(probe)));
    node.run(500 * MILLI);
    assertEquals(Status.ALIVE, node.status("p4"));
    assertEquals(List.of(new EdgeDegraded(OneNode.id("p4"), null)), node.said(EdgeDegraded.class));
  }

  @Test
  void oneWayLinkIsRecordedAsDegradedWithWhoReachesItUntilItIsRestored() {
    OneNode node = OneNode.among(8, SwimConfig.region(), 7).silence("p4");
    Sent probe = nextProbeOf(node, "p4");
    node.run(60 * MILLI);
    String helper = node.sent(PingRequest.class).findFirst().orElseThrow().to();
    node.hear(helper, new Ack(sequenceOf(probe)));
    node.run(500 * MILLI);
    assertEquals(
        List.of(new EdgeDegraded(OneNode.id("p4"), OneNode.id(helper))),
        node.said(EdgeDegraded.class));
    node.unsilence("p4").run(15 * SECOND);
    assertEquals(List.of(new EdgeRestored(OneNode.id("p4"))), node.said(EdgeRestored.class));
    assertEquals(Status.ALIVE, node.status("p4"));
  }

  @Test
  void answerOfWhoWasNotAskedCountsForNothing() {
    OneNode node = OneNode.among(3, SwimConfig.region(), 8).silence("p2");
    Sent probe = nextProbeOf(node, "p2");
    node.hear("p3", new Ack(sequenceOf(probe)));
    node.hear("p2", new Ack(sequenceOf(probe) + 100));
    node.run(500 * MILLI);
    assertEquals(Status.SUSPECT, node.status("p2"));
    assertEquals(
        2,
        node.said(SwimOutput.Rejected.class).stream()
            .filter(rejected -> rejected.reason() == SwimOutput.Reason.UNASKED)
            .count());
  }

  @Test
  void brokenStreamHasItsPeerProbedAtOnce() {
    OneNode node = OneNode.among(8, SwimConfig.region(), 9);
    node.step(new SwimInput.ConnectionBroken(OneNode.id("p6")));
    assertEquals(List.of("p6"), node.probes().stream().map(Sent::to).toList());
    assertEquals(node.now(), node.probes().getFirst().atNanos());
  }

  @Test
  void urgentProbesAreBounded() {
    OneNode node = OneNode.among(40, SwimConfig.region(), 10).silenceAll();
    for (int i = 1; i <= 40; i++) {
      node.step(new SwimInput.ConnectionBroken(OneNode.id("p" + i)));
    }
    int most = SwimConfig.region().bounds().urgentProbes() + 1;
    assertEquals(most, node.probes().size());
    assertEquals(40 - most, node.said(SwimOutput.Rejected.class).size());
  }

  @Test
  void suspectIsToldWithThePingThatProbesIt() {
    OneNode node = OneNode.among(4, SwimConfig.region(), 11);
    node.news(OneNode.suspect("p3", "p1"));
    node.run(SECOND);
    node.forget();
    Sent probe = nextProbeOf(node, "p3");
    assertEquals(Status.SUSPECT, probe.facts().getFirst().status());
    assertEquals("p3", probe.facts().getFirst().node().name());
  }

  @Test
  void helperPassesAnswersOnAndTellsOfSilence() {
    OneNode node = OneNode.among(3, SwimConfig.region(), 12).silence("p2");
    node.hear("p1", new PingRequest(70, OneNode.id("p3"), 300));
    node.hear("p1", new PingRequest(71, OneNode.id("p2"), 300));
    node.hear("p1", new PingRequest(72, OneNode.id("nobody"), 300));
    node.run(299 * MILLI);
    assertEquals(List.of("70"), numbers(node, Ack.class));
    assertEquals(List.of("72"), numbers(node, SwimMessage.Nack.class));
    node.run(MILLI);
    assertEquals(List.of("72", "71"), numbers(node, SwimMessage.Nack.class));
  }

  @Test
  void pingForAnotherLifeIsNotAnswered() {
    OneNode node = OneNode.among(3, SwimConfig.region(), 13);
    node.hear("p1", new Ping(5, new NodeId("self", 7)));
    assertEquals(0, node.sent(Ack.class).count());
    node.hear("p1", new Ping(6, OneNode.SELF));
    assertEquals(1, node.sent(Ack.class).count());
    node.hear("p1", new News());
    assertEquals(1, node.sent.stream().filter(s -> !(s.message() instanceof Ping)).count());
  }

  private static List<String> numbers(OneNode node, Class<? extends SwimMessage> kind) {
    return node.sent(kind)
        .map(sent -> sent.message() instanceof Ack ack ? ack.sequence() : nack(sent))
        .map(String::valueOf)
        .toList();
  }

  private static long nack(Sent sent) {
    return ((SwimMessage.Nack) sent.message()).sequence();
  }

  private static List<Long> gaps(OneNode node) {
    node.run(60 * SECOND);
    List<Sent> probes = node.probes();
    Set<Long> gaps = new TreeSet<>();
    for (int i = 1; i < probes.size(); i++) {
      gaps.add(probes.get(i).atNanos() - probes.get(i - 1).atNanos());
    }
    return List.copyOf(gaps);
  }

  private static int longestGap(List<String> targets, String name) {
    int longest = 0;
    int last = -1;
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).equals(name)) {
        longest = last < 0 ? longest : Math.max(longest, i - last);
        last = i;
      }
    }
    return longest;
  }

  /** From a probe that gets no answer to the first cry for help, with answers that take so long. */
  private static long directTimeout(long answerNanos, SwimConfig config) {
    OneNode node = OneNode.among(6, config, 20).answerAfter(answerNanos);
    node.run(600 * SECOND);
    node.forget();
    node.silence("p3");
    Sent probe = nextProbeOf(node, "p3");
    node.run(config.probe().periodNanos() - 1);
    return node.sent(PingRequest.class).findFirst().orElseThrow().atNanos() - probe.atNanos();
  }

  private static long probeOf(OneNode node, String name) {
    return nextProbeOf(node, name).atNanos();
  }

  /** Runs until the next probe of a peer has gone out. */
  static Sent nextProbeOf(OneNode node, String name) {
    node.forget();
    for (int i = 0; i < 10_000; i++) {
      node.runUntil(node.wakeAt());
      if (!node.probes().isEmpty() && node.probes().getLast().to().equals(name)) {
        return node.probes().getLast();
      }
    }
    throw new AssertionError(name + " is never probed");
  }

  static long sequenceOf(Sent probe) {
    return ((Ping) probe.message()).sequence();
  }
}
