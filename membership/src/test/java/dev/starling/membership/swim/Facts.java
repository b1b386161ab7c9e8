package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.property.Choices;

/** Random facts about few names, so that they meet. */
public final class Facts {
  private Facts() {}

  public static Fact any(Choices choices) {
    Status status = choices.oneOf(Status.values());
    NodeId by = status == Status.SUSPECT ? id(choices) : null;
    boolean refused = by != null && choices.nextBoolean();
    NodeId node = id(choices);
    NodeInfo info = info(choices, node.name());
    boolean brief = status != Status.ALIVE && choices.nextBoolean();
    return new Fact(node, incarnation(choices), status, brief ? null : info, by, refused);
  }

  public static NodeId id(Choices choices) {
    String name = choices.oneOf("self", "p1", "p2", "p3", "p" + choices.between(4, 60));
    long generation =
        choices.between(0, 40) == 0 ? Long.MAX_VALUE : choices.oneOf(0L, 1L, 1L, 1L, 2L);
    return new NodeId(name, generation);
  }

  private static NodeInfo info(Choices choices, String name) {
    String region = choices.oneOf(SmallGroup.REGION, SmallGroup.REGION, "south", "west");
    return HandNetwork.info(name, region, choices.oneOf("a", "b"))
        .withDraining(choices.between(0, 9) == 0);
  }

  private static long incarnation(Choices choices) {
    return choices.between(0, 30) == 0 ? Fact.MAX_INCARNATION : choices.between(0, 3);
  }
}
