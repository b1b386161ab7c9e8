package dev.starling.membership.swim;

import static dev.starling.membership.swim.OneNode.MILLI;
import static dev.starling.membership.swim.OneNode.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.OneNode.Sent;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput.Resynced;
import dev.starling.membership.swim.SwimOutput.Stalled;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final SwimConfig CONFIG = SwimConfig.region();

  @Test
  void failedRoundCountsOnceAndEachMissingNackOnceMore() {
    for (int nacks = 0; nacks <= 3; nacks++) {
      OneNode node = OneNode.among(8, CONFIG, 1).silence("p4");
      Sent probe = ProbeTest.nextProbeOf(node, "p4");
      node.run(60 * MILLI);
      List<String> helpers = node.sent(PingRequest.class).map(Sent::to).limit(nacks).toList();
      helpers.forEach(helper -> node.hear(helper, new Nack(ProbeTest.sequenceOf(probe))));
      node.runUntil(probe.atNanos() + 500 * MILLI);
      assertEquals(1 + 3 - nacks, node.core.healthScore());
    }
  }

  @Test
  void nackOfWhoWasNotAskedDoesNotCount() {
    OneNode node = OneNode.among(8, CONFIG, 2).silence("p4");
    Sent probe = ProbeTest.nextProbeOf(node, "p4");
    node.run(60 * MILLI);
    node.hear("p4", new Nack(ProbeTest.sequenceOf(probe)));
    node.runUntil(probe.atNanos() + 500 * MILLI);
    assertEquals(4, node.core.healthScore());
  }

  @Test
  void refutingOneselfCountsOnceAndCleanProbesTakeItBack() {
    OneNode node = OneNode.among(8, CONFIG, 3);
    for (int i = 0; i < 3; i++) {
      node.news(Fact.suspect(OneNode.SELF, i, OneNode.id("p2"), false));
    }
    assertEquals(3, node.core.healthScore());
    node.run(20 * SECOND);
    assertEquals(0, node.core.healthScore());
  }

  @Test
  void healthStretchesPeriodAndTimeouts() {
    OneNode node = OneNode.among(8, CONFIG, 4).silenceAll();
    for (int i = 0; i < 3; i++) {
      node.news(Fact.suspect(OneNode.SELF, i, OneNode.id("p2"), false));
    }
    node.forget();
    node.run(60 * SECOND);
    Sent probe = node.probes().getFirst();
    Sent help = node.sent(PingRequest.class).findFirst().orElseThrow();
    assertEquals(50 * MILLI * (1 + 3), help.atNanos() - probe.atNanos());
    Sent second = node.probes().get(1);
    assertEquals(500 * MILLI * (1 + 3), second.atNanos() - probe.atNanos());
  }

  @Test
  void healthHasACeilingOfEight() {
    OneNode node = OneNode.among(8, CONFIG, 5);
    for (int i = 0; i < 30; i++) {
      node.news(Fact.suspect(OneNode.SELF, i, OneNode.id("p2"), false));
    }
    assertEquals(8, node.core.healthScore());
  }

  @Test
  void loopThatIsLateByMoreThanHalfAPeriodCounts() {
    OneNode node = OneNode.among(8, CONFIG, 6);
    node.stall(250 * MILLI);
    assertEquals(0, node.core.healthScore());
    node.stall(251 * MILLI);
    assertEquals(1, node.core.healthScore());
  }

  @Test
  void nobodyDiesAfterAStallBeforeAProbeWasAnswered() {
    OneNode node = suspectingP9(7).silenceAll();
    node.stall(1_001 * MILLI);
    node.run(5 * SECOND);
    assertEquals(Status.SUSPECT, node.status("p9"));
  }

  @Test
  void stallIsGuardedByASwitchOfItsOwn() {
    OneNode guarded = suspectingP9(7, CONFIG.withHealthCeiling(0)).silenceAll();
    guarded.stall(1_001 * MILLI);
    assertEquals(Status.SUSPECT, guarded.status("p9"));
    OneNode unguarded = suspectingP9(7, CONFIG.withoutStallGuard()).silenceAll();
    unguarded.stall(1_001 * MILLI);
    assertEquals(Status.DEAD, unguarded.status("p9"));
  }

  @Test
  void answeredProbeEndsTheGuardAndSuspicionsHaveTheirWholeTimeFromThen() {
    OneNode node = suspectingP9(8).answerAfter(40 * MILLI).silence("p9");
    node.stall(1_001 * MILLI);
    long end = node.now() + 40 * MILLI + 1_500 * MILLI;
    node.runUntil(end - 1);
    assertEquals(Status.SUSPECT, node.status("p9"));
    node.runUntil(end);
    assertEquals(Status.DEAD, node.status("p9"));
  }

  @Test
  void guardEndsWithoutAnAnswerAfterTheLongestSuspicion() {
    OneNode node = suspectingP9(9).silenceAll();
    node.stall(1_001 * MILLI);
    node.run(6 * SECOND);
    assertEquals(Status.DEAD, node.status("p9"));
  }

  @Test
  void shortStallGuardsNothing() {
    OneNode node = OneNode.among(9, CONFIG, 10);
    node.news(OneNode.suspect("p9", "p1"), OneNode.suspect("p9", "p2"));
    node.news(OneNode.suspect("p9", "p3"));
    node.run(1_499 * MILLI);
    node.silenceAll();
    node.stall(900 * MILLI);
    assertEquals(Status.DEAD, node.status("p9"));
  }

  @Test
  void nodeStalledForLongerThanTheLeastSuspicionRaisesItsIncarnationAndSyncsFirst() {
    OneNode node = OneNode.among(9, CONFIG, 11);
    node.stall(1_500 * MILLI);
    assertEquals(0, node.said(Stalled.class).size());
    node.run(SECOND);
    node.forget();
    node.stall(1_501 * MILLI);
    assertEquals(1, node.said(Stalled.class).size());
    assertEquals(1, node.core.selfFact().incarnation());
    assertEquals(1, node.sent(Digest.class).filter(HealthTest::wantsATable).count());
    assertEquals(0, node.said(Resynced.class).size());
    node.hear(Channel.STREAM, "p3", new Table(false), OneNode.alive("p3"));
    assertEquals(1, node.said(Resynced.class).size());
  }

  @Test
  void stalledNodeAsksAgainSoonWhenNobodyAnswers() {
    OneNode node = OneNode.among(9, CONFIG, 12);
    node.stall(20 * SECOND);
    node.forget();
    node.run(5 * SECOND);
    assertTrue(node.sent(Digest.class).filter(HealthTest::wantsATable).count() >= 3);
  }

  @Test
  void stalledNodeThatIsLeftAloneIsInStep() {
    OneNode node = OneNode.among(1, CONFIG, 13).silence("p1");
    node.stall(20 * SECOND);
    assertEquals(0, node.said(Resynced.class).size());
    node.run(60 * SECOND);
    assertEquals(Status.DEAD, node.status("p1"));
    assertEquals(1, node.said(Resynced.class).size());
  }

  @Test
  void leaverThatStandsStillStaysGone() {
    OneNode node = OneNode.among(40, CONFIG, 14);
    node.step(new SwimInput.Leave());
    node.forget();
    node.stall(5 * SECOND);
    assertEquals(Fact.left(OneNode.SELF, 0), node.core.selfFact().brief());
    assertTrue(
        node.sent.stream()
            .flatMap(sent -> sent.facts().stream())
            .noneMatch(fact -> fact.status() == Status.ALIVE));
  }

  @Test
  void scoreStaysWithinItsBounds() {
    LocalHealth health = new LocalHealth(8);
    health.better();
    assertEquals(0, health.score());
    health.worse(Integer.MAX_VALUE);
    health.worse(Integer.MAX_VALUE);
    assertEquals(8, health.score());
    assertEquals(90, health.stretch(10));
    LocalHealth off = new LocalHealth(0);
    off.worse(5);
    assertEquals(10, off.stretch(10));
  }

  @Test
  void roundTripsOfAWindowGiveTheirSlowPercentile() {
    RoundTrips trips = new RoundTrips();
    assertTrue(trips.isEmpty());
    trips.add(7);
    assertEquals(7, trips.percentile99(), "the largest serves at first");
    for (int i = 1; i <= 128; i++) {
      trips.add(i);
    }
    for (int i = 0; i < 15; i++) {
      trips.add(1_000);
    }
    assertEquals(1_000, trips.percentile99());
    for (int i = 0; i < 256; i++) {
      trips.add(5);
    }
    assertEquals(5, trips.percentile99(), "what is older than the window is forgotten");
  }

  /** Knows nine peers, and a suspicion of p9 is about to end. */
  private static OneNode suspectingP9(long seed) {
    return suspectingP9(seed, CONFIG);
  }

  private static OneNode suspectingP9(long seed, SwimConfig config) {
    OneNode node = OneNode.among(9, config, seed);
    for (String accuser : List.of("p1", "p2", "p3")) {
      node.news(Fact.suspect(new NodeId("p9", 1), 0, OneNode.id(accuser), false));
    }
    node.run(1_400 * MILLI);
    return node;
  }

  private static boolean wantsATable(Sent sent) {
    return ((Digest) sent.message()).joining();
  }
}
