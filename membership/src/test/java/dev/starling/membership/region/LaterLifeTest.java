package dev.starling.membership.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.membership.swim.SwimInput.Wake;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Renamed;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bridges of other regions remember a later life of a node than the one that it has. */
class LaterLifeTest {
  private static final NodeId SELF = new NodeId("east-0", 1);
  private static final NodeId LATER = new NodeId("east-0", 41);
  private static final NodeInfo INFO = HandNetwork.info("east-0", "east", "a");
  private static final Fact WEST =
      Fact.alive(new NodeId("west-0", 1), 0, HandNetwork.info("west-0", "west", "a"));

  private final List<SwimOutput> out = new ArrayList<>();
  private final TwoTierCore core =
      new TwoTierCore(
          SELF,
          INFO,
          SwimConfig.region(),
          SwimConfig.wan(),
          RegionConfig.standard(),
          new SplittableRandom(1),
          0);

  @Test
  void nodeThatItsRegionKnowsGivesWayAndSaysNothingMore() {
    bridgeWithSeeds();
    hear(Group.WAN, new Table(true), WEST, Fact.alive(LATER, 3, INFO));
    assertEquals(List.of(new Fenced(LATER)), said(Fenced.class));
    assertEquals(List.of(), said(Send.class));
  }

  @Test
  void nodeThatNobodyKnowsYetTakesALaterGenerationInBothTiers() {
    bridgeWithSeeds(new Endpoint("silent", 2));
    hear(Group.WAN, new Table(true), WEST, Fact.alive(LATER, 3, INFO));
    NodeId renamed = new NodeId("east-0", 42);
    assertEquals(List.of(new Renamed(renamed)), said(Renamed.class));
    assertEquals(renamed, core.self());
    core.step(new Wake(), 3 * HandNetwork.SECOND, out::add);
    List<Send> sent = said(Send.class);
    assertTrue(sent.stream().anyMatch(send -> send.packet().group().equals(Group.WAN)));
    assertFalse(sent.stream().anyMatch(send -> !send.packet().from().equals(renamed)));
    WakeAt wake = said(WakeAt.class).getLast();
    assertTrue(wake.nanos() > 3 * HandNetwork.SECOND, "nothing is due that nobody does");
  }

  /** Knows of another region, and is the only one of its own. */
  private void bridgeWithSeeds(Endpoint... seeds) {
    step(new Seek(List.of(seeds)));
    hear(Group.BRIDGES, new News(), WEST);
    assertTrue(said(Send.class).stream().anyMatch(send -> send.packet().group().equals(Group.WAN)));
    out.clear();
  }

  private void hear(String group, SwimMessage message, Fact... facts) {
    Packet packet = new Packet(group, WEST.node(), message, List.of(facts));
    step(new Received(new Endpoint("west-0", 2), Channel.STREAM, packet));
  }

  private void step(SwimInput input) {
    core.step(input, HandNetwork.SECOND, out::add);
  }

  private <T extends SwimOutput> List<T> said(Class<T> kind) {
    return out.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
