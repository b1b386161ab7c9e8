package dev.starling.proto.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Packets of all kinds, up to their bounds. */
final class Packets {
  private Packets() {}

  static Packet any(Choices choices) {
    List<Fact> facts = new ArrayList<>();
    for (int i = choices.between(0, 3); i > 0; i--) {
      facts.add(fact(choices));
    }
    return new Packet(text(choices, 1, NodeInfo.MAX_PLACE), node(choices), message(choices), facts);
  }

  static Fact fact(Choices choices) {
    Status status = choices.oneOf(Status.values());
    boolean suspicion = status == Status.SUSPECT;
    return new Fact(
        node(choices),
        choices.nextLong(Fact.MAX_INCARNATION + 1),
        status,
        status == Status.ALIVE || choices.nextBoolean() ? info(choices) : null,
        suspicion ? node(choices) : null,
        suspicion && choices.nextBoolean());
  }

  static NodeInfo info(Choices choices) {
    Set<NodeRole> roles = EnumSet.of(choices.oneOf(NodeRole.values()));
    roles.add(choices.oneOf(NodeRole.values()));
    int oldest = choices.between(1, 65_535);
    return new NodeInfo(
        endpoint(choices),
        endpoint(choices),
        text(choices, 1, NodeInfo.MAX_PLACE),
        text(choices, 1, NodeInfo.MAX_PLACE),
        roles,
        choices.between(0, 1_000),
        choices.nextBoolean(),
        new VersionRange(oldest, choices.between(oldest, 65_535)),
        texts(choices, NodeInfo.MAX_URLS, NodeInfo.MAX_URL_CHARACTERS / NodeInfo.MAX_URLS),
        texts(
            choices,
            NodeInfo.MAX_UNREACHABLE,
            NodeInfo.MAX_UNREACHABLE_CHARACTERS / NodeInfo.MAX_UNREACHABLE));
  }

  static SwimMessage message(Choices choices) {
    long sequence = choices.nextLong();
    return switch (choices.between(0, 6)) {
      case 0 -> new SwimMessage.Ping(sequence, node(choices));
      case 1 -> new SwimMessage.Ack(sequence);
      case 2 -> new SwimMessage.Nack(sequence);
      case 3 ->
          new SwimMessage.PingRequest(
              sequence,
              node(choices),
              choices.between(1, SwimMessage.PingRequest.MAX_BUDGET_MILLIS));
      case 4 -> new SwimMessage.News();
      case 5 -> new SwimMessage.Digest(sequence, choices.nextBoolean());
      default -> new SwimMessage.Table(choices.nextBoolean());
    };
  }

  private static NodeId node(Choices choices) {
    return new NodeId(text(choices, 1, NodeId.MAX_NAME), choices.nextLong(Long.MAX_VALUE));
  }

  private static Endpoint endpoint(Choices choices) {
    return new Endpoint(text(choices, 1, Endpoint.MAX_HOST), choices.between(1, 65_535));
  }

  private static List<String> texts(Choices choices, int most, int characters) {
    List<String> texts = new ArrayList<>();
    for (int i = choices.between(0, most); i > 0; i--) {
      texts.add(text(choices, 1, characters));
    }
    return texts;
  }

  /** Often as long as may be: that is where sizes go wrong. */
  private static String text(Choices choices, int least, int most) {
    int length = choices.nextBoolean() ? most : choices.between(least, most);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) choices.between('a', 'z'));
    }
    return text.toString();
  }
}
