package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingNode;
import dev.starling.server.ring.RingView;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RingHealthTest {
  private static final NodeId SELF = new NodeId("self", 1);
  private static final NodeId OTHER = new NodeId("other", 1);

  private long nowNanos;
  private final RingHealth health = new RingHealth(new VersionRange(2, 3), () -> nowNanos);

  private static NodeInfo info(VersionRange versions) {
    Endpoint at = new Endpoint("192.0.2.1", 7500);
    return new NodeInfo(
        at, at, "west", "a", EnumSet.of(NodeRole.CORE), 0, false, versions, List.of(), List.of());
  }

  private static RingNode node(NodeId id, int version) {
    return new RingNode(id, info(new VersionRange(version, version)), true);
  }

  private static RingView view(Fact... facts) {
    return new RingView(SELF, List.of(facts), true, 0, List.of(), false, false);
  }

  private List<String> degraded(RingView view, RingNode... members) {
    return health
        .peers(view, List.of(members), name -> true, List.of(), new TreeMap<>())
        .degraded();
  }

  @Test
  void deathIsToldOfForTenMinutes() {
    RingView dead = view(Fact.dead(OTHER, 0));
    health.saw(new RingEvent.Gone(node(OTHER, 2)));
    nowNanos += TimeUnit.MINUTES.toNanos(10);
    assertEquals(List.of("node other"), degraded(dead));
    nowNanos++;
    assertEquals(List.of(), degraded(dead));
  }

  @Test
  void whoeverWasDeadBeforeThisNodeCameIsNoNews() {
    assertEquals(List.of(), degraded(view(Fact.dead(OTHER, 0))));
  }

  @Test
  void whoeverSaidGoodbyeOrCameBackIsNotMourned() {
    health.saw(new RingEvent.Gone(node(OTHER, 2)));
    assertEquals(List.of(), degraded(view(Fact.left(OTHER, 0))));
    health.saw(new RingEvent.Came(node(OTHER, 2)));
    assertEquals(List.of(), degraded(view(Fact.dead(OTHER, 0))));
  }

  @Test
  void suspectIsToldOfForAsLongAsItIsOne() {
    RingView doubted = view(Fact.suspect(OTHER, 0, SELF, false));
    nowNanos += TimeUnit.DAYS.toNanos(1);
    assertEquals(List.of("node other"), degraded(doubted, node(OTHER, 2)));
  }

  private static RingNode inRegion(String name, String region) {
    Endpoint at = new Endpoint("192.0.2.1", 7500);
    VersionRange versions = new VersionRange(2, 2);
    EnumSet<NodeRole> roles = EnumSet.of(NodeRole.CORE);
    return new RingNode(
        new NodeId(name, 1),
        new NodeInfo(at, at, region, "a", roles, 0, false, versions, List.of(), List.of()),
        true);
  }

  @Test
  void nodesAndRegionsWithoutAStreamAreNamed() {
    List<RingNode> members =
        List.of(
            inRegion("self", "west"),
            inRegion("near", "west"),
            inRegion("far-1", "east"),
            inRegion("far-2", "east"),
            inRegion("there", "north"));
    assertEquals(
        List.of("no stream to region east", "no stream to node near"),
        health.peers(view(), members, "there"::equals, List.of(), new TreeMap<>()).degraded());
  }

  @Test
  void nodesOfOtherVersionsAreNamed() {
    assertEquals(
        List.of("no version in common with other"),
        degraded(view(), node(SELF, 2), node(OTHER, 4)));
  }
}
