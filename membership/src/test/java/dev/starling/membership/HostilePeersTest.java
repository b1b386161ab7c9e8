package dev.starling.membership;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.region.TwoTierCore;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Facts;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;

class HostilePeersTest {
  private static final int MEMBERS = 24;
  private static final int MOST_OUTPUTS = 400;
  private static final int MANY = 500;
  private static final int PACKETS = 2_000;
  private static final int TABLES_PER_SECOND = 5;
  private static final SwimConfig CONFIG =
      SwimConfig.region().with(new SwimConfig.Bounds(MEMBERS, 1_160, 5, 50, 8, 6));
  private static final NodeId SELF = new NodeId("self", 1);

  private int outputs;

  @Property(tries = 300)
  void nothingThatAPeerSendsMakesACoreThrowOrGrow(Choices choices) {
    NodeInfo info = HandNetwork.info("self", "north", "a");
    SwimCore core = new SwimCore(Group.ofRegion("north"), SELF, info, CONFIG, choices.fork(), 0);
    play(choices, core::step);
    assertTrue(core.facts().size() <= MEMBERS);
  }

  @Property(tries = 300)
  void nothingThatAPeerSendsMakesBothTiersThrowOrGrow(Choices choices) {
    NodeInfo info = HandNetwork.info("self", "north", "a");
    TwoTierCore core =
        new TwoTierCore(SELF, info, CONFIG, CONFIG, RegionConfig.standard(), choices.fork(), 0);
    play(choices, core::step);
    assertTrue(core.facts().size() <= MEMBERS);
  }

  @Property(tries = 30)
  void manyPacketsOfOneSecondMakeANodeSendABoundedAmount(Choices choices) {
    SwimConfig config =
        CONFIG.with(new SwimConfig.Bounds(MANY, 1_160, 256, TABLES_PER_SECOND, 8, 256));
    NodeInfo info = HandNetwork.info("self", "north", "a");
    TwoTierCore core =
        new TwoTierCore(SELF, info, config, config, RegionConfig.standard(), choices.fork(), 0);
    core.step(new SwimInput.Carry(everybody()), 0, output -> {});
    core.step(new SwimInput.Wake(), 60_000_000_000L, output -> {});
    long[] sent = new long[2];
    for (int i = 0; i < PACKETS; i++) {
      core.step(
          ofOthers(choices),
          61_000_000_000L + i * 900_000_000L / PACKETS,
          output -> {
            if (output instanceof SwimOutput.Send send && send.channel() == Channel.STREAM) {
              sent[0]++;
              sent[1] += send.packet().facts().size();
            }
          });
    }
    assertTrue(sent[0] <= 2 * PACKETS, sent[0] + " messages");
    assertTrue(sent[1] <= TABLES_PER_SECOND * MANY + 2 * PACKETS, sent[1] + " facts");
  }

  private static List<Fact> everybody() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < MANY - 1; i++) {
      String name = "p" + i;
      String region = i % 2 == 0 ? "north" : "south";
      facts.add(Fact.alive(new NodeId(name, 1), 0, HandNetwork.info(name, region, "a")));
    }
    return facts;
  }

  private void play(Choices choices, HandNetwork.Core core) {
    long now = 0;
    for (int i = choices.between(1, 150); i > 0; i--) {
      now += choices.oneOf(0L, 1L, 50_000_000L, 500_000_000L, choices.nextLong(3_000_000_000L));
      outputs = 0;
      core.step(input(choices), now, this::count);
      assertTrue(outputs <= MOST_OUTPUTS, outputs + " outputs of one step");
    }
  }

  private void count(SwimOutput output) {
    outputs++;
    if (output instanceof SwimOutput.Send send && send.channel() == Channel.DATAGRAM) {
      assertTrue(send.packet().facts().size() < 40);
    }
  }

  private static SwimInput input(Choices choices) {
    return switch (choices.between(0, 19)) {
      case 0 -> new SwimInput.Wake();
      case 1 -> new SwimInput.ConnectionBroken(Facts.id(choices));
      case 2 -> new SwimInput.ConnectionRefused(Facts.id(choices));
      case 3 -> new SwimInput.Carry(choices.listOf(10, Facts::any));
      case 4 -> new SwimInput.Consider(choices.listOf(10, Facts::any), Facts.id(choices));
      case 5 -> new SwimInput.Remember(choices.listOf(10, Facts::any));
      case 6 -> new SwimInput.Seek(choices.listOf(4, c -> new Endpoint("p" + c.between(1, 9), 2)));
      case 7 -> choices.between(0, 20) == 0 ? new SwimInput.Leave() : new SwimInput.Wake();
      case 8 -> new SwimInput.Forget(Facts.id(choices).name());
      default -> received(choices);
    };
  }

  private static SwimInput.Received received(Choices choices) {
    String group = choices.oneOf("north", "north", Group.BRIDGES, Group.WAN, "south", "");
    Packet packet =
        new Packet(group, Facts.id(choices), message(choices), choices.listOf(12, Facts::any));
    Channel channel = choices.oneOf(Channel.values());
    return new SwimInput.Received(new Endpoint("anywhere", 9), channel, packet);
  }

  /** Whoever hears of a later life of its own says nothing more. */
  private static SwimInput ofOthers(Choices choices) {
    SwimInput.Received received = received(choices);
    Packet packet = received.packet();
    List<Fact> others =
        packet.facts().stream().filter(fact -> !fact.node().name().equals("self")).toList();
    return new SwimInput.Received(
        received.source(),
        received.channel(),
        new Packet(packet.group(), packet.from(), packet.message(), others));
  }

  private static SwimMessage message(Choices choices) {
    long number = choices.oneOf(-1L, -2L, 0L, 1L, 2L, 3L, Long.MIN_VALUE, Long.MAX_VALUE);
    return switch (choices.between(0, 6)) {
      case 0 -> new SwimMessage.Ping(number, choices.oneOf(SELF, Facts.id(choices)));
      case 1 -> new SwimMessage.Ack(number);
      case 2 -> new SwimMessage.Nack(number);
      case 3 -> new SwimMessage.PingRequest(number, Facts.id(choices), choices.between(1, 60_000));
      case 4 -> new SwimMessage.News();
      case 5 -> new SwimMessage.Digest(choices.nextLong(), choices.nextBoolean());
      default -> new SwimMessage.Table(choices.nextBoolean());
    };
  }
}
