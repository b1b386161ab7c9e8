package dev.starling.membership.region;

import static dev.starling.membership.HandNetwork.MILLI;
import static dev.starling.membership.HandNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.region.Regions.Node;
import dev.starling.membership.ring.Ring;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.RegionChanged;
import dev.starling.membership.swim.TableBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BridgesTest {
  private final List<SwimOutput> out = new ArrayList<>();

  @Test
  void bridgesAreThreeInDifferentZonesAndTheSameForAll() {
    List<Fact> view = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      view.add(node("east", i, "zone" + i % 3));
    }
    List<Fact> elected = Bridges.of(view, 3).of("east");
    Set<String> zones = new TreeSet<>();
    elected.forEach(bridge -> zones.add(infoOf(bridge).zone()));
    assertEquals(3, zones.size());
    assertEquals(elected, Bridges.of(view.reversed(), 3).of("east"));
  }

  @Test
  void drainingAndDeadNodesBridgeNothing() {
    Fact fit = node("east", 0, "a");
    Fact drains = node("east", 1, "a");
    Fact draining = drains.withInfo(infoOf(drains).withDraining(true));
    Fact dead = Fact.dead(new NodeId("east-2", 1), 0).withInfo(infoOf(fit));
    assertEquals(List.of(fit), Bridges.of(List.of(draining, dead, fit), 3).of("east"));
  }

  @Test
  void regionIsUnreachableWhenTwoOfTheLivingBridgesMissIt() {
    assertEquals(List.of(), unreachable(0, 3));
    assertEquals(List.of(), unreachable(1, 3));
    assertEquals(List.of("west"), unreachable(2, 3));
    assertEquals(List.of(), unreachable(1, 2));
    assertEquals(List.of("west"), unreachable(2, 2));
    assertEquals(List.of("west"), unreachable(1, 1), "as many as there are");
  }

  @Test
  void regionIsMissedAfterFourSilentSecondsAndBackAfterTwoAnsweredHails() {
    RegionContact contact = new RegionContact(0);
    assertEquals(false, contact.judge(3_999 * MILLI, 4 * SECOND));
    assertEquals(true, contact.judge(4 * SECOND, 4 * SECOND));
    contact.answered(5 * SECOND, 7);
    assertEquals(false, contact.judge(5 * SECOND, 4 * SECOND), "one packet may be a stray");
    contact.answered(5_500 * MILLI, -1);
    assertEquals(true, contact.judge(5_500 * MILLI, 4 * SECOND));
    assertEquals(7, contact.lastRoundTripNanos(), "a late answer hides no round trip");
  }

  @Test
  void cutIsDeclaredAfterFourToSixSecondsByNodesThatBridgeAndThoseThatDont() {
    Regions regions = Regions.joined(21, 5, "east", "west");
    regions.cutOff("west");
    regions.forgetWhatWasSaid();
    regions.network.run(3_900 * MILLI);
    regions.nodes().forEach(node -> assertEquals(0, node.host().said(RegionChanged.class).size()));
    regions.network.run(2_100 * MILLI);
    regions.nodes().forEach(node -> assertEquals(1, node.host().said(RegionChanged.class).size()));
  }

  @Test
  void onlyNodesOfTheirRegionsMissEachOtherToo() {
    Regions regions = Regions.joined(22, 1, "east", "west");
    regions.cutOff("west");
    regions.network.run(6 * SECOND);
    assertEquals(List.of("west"), regions.node("east-0").core().unreachableRegions());
    assertEquals(List.of("east"), regions.node("west-0").core().unreachableRegions());
    regions.network.mendAll();
    regions.network.run(3 * SECOND);
    assertEquals(List.of(), regions.node("east-0").core().unreachableRegions());
  }

  @Test
  void ringAndOwnersStayAsTheyAreThroughACutAndItsHealing() {
    Regions regions = Regions.joined(23, 4, "east", "west");
    Ring before = Ring.of(regions.node("east-1").core().facts());
    regions.cutOff("west");
    regions.network.run(30 * SECOND);
    regions.nodes().forEach(node -> assertEquals(before, Ring.of(node.core().facts())));
    regions.network.mendAll();
    regions.network.run(3 * SECOND);
    regions.nodes().forEach(node -> assertEquals(before, Ring.of(node.core().facts())));
  }

  @Test
  void regionThatStartsAgainUnderOtherNamesIsFoundAndTheOldNodesDie() {
    Regions regions = Regions.joined(24, 3, "east", "west");
    regions.in("west").forEach(node -> node.host().kill());
    regions.network.run(10 * SECOND);
    regions.start("west", "fresh-0", "east-0");
    regions.start("west", "fresh-1", "east-1");
    regions.network.run(60 * SECOND);
    for (Node node : regions.in("east")) {
      assertEquals(5, node.living(), node.name());
      assertEquals(List.of(), node.core().unreachableRegions(), node.name());
    }
  }

  @Test
  void bridgeOfASecondTurnIsNoCopyOfItsFirst() {
    BridgeGroup group =
        new BridgeGroup(
            SwimConfig.wan(), new TableBudget(50, 0), new SplittableRandom(1), input -> {});
    NodeId self = new NodeId("east-0", 1);
    NodeInfo info = infoOf(node("east", 0, "a"));
    Fact far = node("west", 0, "a");
    group.enter(self, info, List.of(infoOf(far).streams()), 0, out::add);
    for (int load = 1; load <= 5; load++) {
      group.step(new SwimInput.Describe(info.withLoad(load)), 1, out::add);
    }
    group.leave(2, out::add);
    out.clear();
    group.enter(self, info, List.of(infoOf(far).streams()), 3, out::add);
    assertEquals(6, sends().getFirst().packet().facts().getFirst().incarnation());
  }

  @Test
  void newsIsNotKeptWhileThereIsNobodyToTell() {
    SwimCore local = local();
    BridgeLink link = link(local);
    link.elect(Bridges.of(local.facts(), 3), true, 0);
    for (int i = 0; i < 100; i++) {
      link.tell(node("east", i, "a"));
    }
    List<Fact> both = new ArrayList<>(local.facts());
    both.add(node("west", 0, "a"));
    link.elect(Bridges.of(both, 3), true, SECOND);
    link.run(SECOND, out::add);
    assertTrue(sends().stream().noneMatch(send -> send.packet().message() instanceof News));
    link.tell(node("east", 1, "a"));
    link.run(2 * SECOND, out::add);
    assertTrue(sends().stream().anyMatch(send -> send.packet().message() instanceof News));
  }

  @Test
  void fencedAndDepartedNodesHailNobody() {
    Regions regions = Regions.joined(25, 2, "east", "west");
    Node leaver = regions.node("east-1");
    leaver.host().step(new SwimInput.Leave());
    regions.network.run(5 * SECOND);
    out.clear();
    for (int i = 0; i < 10; i++) {
      leaver.core().step(new SwimInput.Wake(), regions.network.now() + i * SECOND, out::add);
    }
    assertEquals(List.of(), out);
  }

  private List<SwimOutput.Send> sends() {
    return out.stream()
        .filter(SwimOutput.Send.class::isInstance)
        .map(SwimOutput.Send.class::cast)
        .toList();
  }

  private static List<String> unreachable(int missing, int bridges) {
    List<Fact> view = new ArrayList<>(List.of(node("west", 0, "a")));
    for (int i = 0; i < bridges; i++) {
      Fact bridge = node("east", i, "a");
      List<String> missed = i < missing ? List.of("west") : List.of();
      view.add(bridge.withInfo(infoOf(bridge).withUnreachable(missed)));
    }
    return Bridges.of(view, 3).unreachableFrom("east", 2);
  }

  private static SwimCore local() {
    Fact self = node("east", 0, "a");
    return new SwimCore(
        Group.ofRegion("east"),
        self.node(),
        infoOf(self),
        SwimConfig.region(),
        new SplittableRandom(1),
        0);
  }

  private static BridgeLink link(SwimCore local) {
    return new BridgeLink(
        RegionConfig.standard(),
        SwimConfig.region().bounds(),
        local,
        new RegionTables(local, new TableBudget(50, 0), "east", 256),
        "east",
        new SplittableRandom(2));
  }

  private static Fact node(String region, int number, String zone) {
    String name = region + "-" + number;
    return Fact.alive(new NodeId(name, 1), 0, HandNetwork.info(name, region, zone));
  }

  private static NodeInfo infoOf(Fact fact) {
    return Objects.requireNonNull(fact.info());
  }
}
