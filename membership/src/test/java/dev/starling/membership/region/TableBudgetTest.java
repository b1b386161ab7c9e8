package dev.starling.membership.region;

import static dev.starling.membership.HandNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Reason;
import dev.starling.membership.swim.SwimOutput.Rejected;
import dev.starling.membership.swim.SwimOutput.Send;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a small packet may cost: tables, over streams, and so many a second. */
class TableBudgetTest {
  private static final int MOST = SwimConfig.region().bounds().tablesPerSecond();
  private static final Fact EAST = node("east-1", "east");
  private static final Fact WEST = node("west-0", "west");

  private final List<SwimOutput> out = new ArrayList<>();
  private final TwoTierCore core =
      new TwoTierCore(
          new NodeId("east-0", 1),
          HandNetwork.info("east-0", "east", "a"),
          SwimConfig.region(),
          SwimConfig.wan(),
          RegionConfig.standard(),
          new SplittableRandom(1),
          0);

  private long nowNanos = SECOND;

  @Test
  void tablesOfAllKindsAreBoundedTogetherInASecond() {
    begin();
    for (int i = 0; i < MOST; i++) {
      hear(Channel.STREAM, Group.BRIDGES, WEST, new Digest(7, true));
      hear(Channel.STREAM, Group.BRIDGES, WEST, new Digest(7, false));
      hear(Channel.STREAM, "west", WEST, new Digest(7, true));
      hear(Channel.STREAM, "east", EAST, new Digest(7, true));
      hear(Channel.STREAM, Group.WAN, WEST, new Digest(7, true));
    }
    assertEquals(MOST, tables());
    assertEquals(4L * MOST, out.stream().filter(new Rejected(Reason.BUSY)::equals).count());
    nowNanos += SECOND;
    hear(Channel.STREAM, Group.BRIDGES, WEST, new Digest(7, true));
    assertEquals(MOST + 1, tables());
  }

  @Test
  void tablesAreAskedForOverStreamsOnly() {
    begin();
    hear(Channel.DATAGRAM, Group.BRIDGES, WEST, new Digest(7, true));
    hear(Channel.DATAGRAM, Group.BRIDGES, WEST, new Digest(7, false));
    hear(Channel.DATAGRAM, "west", WEST, new Digest(7, true));
    assertEquals(0, tables());
  }

  @Test
  void nodesOfTheSameRegionDontAskAsBridges() {
    begin();
    hear(Channel.STREAM, Group.BRIDGES, EAST, new Digest(7, true));
    assertEquals(0, tables());
    assertTrue(out.contains(new Rejected(Reason.UNASKED)));
  }

  @Test
  void onePacketMakesANodeSeekOnce() {
    begin();
    List<Fact> strangers = new ArrayList<>(List.of(WEST));
    for (int i = 2; i < 200; i++) {
      strangers.add(node("east-" + i, "east"));
    }
    hear(Channel.STREAM, Group.BRIDGES, WEST, new News(), strangers);
    assertTrue(out.stream().filter(Send.class::isInstance).count() <= 4, () -> out.toString());
  }

  private void begin() {
    step(new Seek(List.of()));
    hear(Channel.STREAM, "east", EAST, new Table(false));
    hear(Channel.STREAM, Group.BRIDGES, WEST, new News());
    out.clear();
  }

  private void hear(Channel channel, String group, Fact from, SwimMessage message) {
    hear(channel, group, from, message, List.of(from));
  }

  private void hear(
      Channel channel, String group, Fact from, SwimMessage message, List<Fact> facts) {
    Packet packet = new Packet(group, from.node(), message, facts);
    step(new Received(new Endpoint(from.node().name(), 2), channel, packet));
  }

  private void step(SwimInput input) {
    core.step(input, nowNanos, out::add);
  }

  private long tables() {
    return out.stream()
        .filter(o -> o instanceof Send send && send.packet().message() instanceof Table)
        .count();
  }

  private static Fact node(String name, String region) {
    NodeInfo info = HandNetwork.info(name, region, "a");
    return Fact.alive(new NodeId(name, 1), 0, info);
  }
}
