package dev.starling.membership.swim;

import static dev.starling.membership.swim.SmallGroup.MILLI;
import static dev.starling.membership.swim.SmallGroup.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Fact;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SmallGroup.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
  @Test
  void nodesThatShareASeedFindEachOther() {
    SmallGroup group = SmallGroup.joined(9, SwimConfig.region(), 1);
    for (Node node : group.nodes()) {
      assertEquals(9, node.core().size(), node.name());
      assertEquals(group.node("n0").core().hash(), node.core().hash(), node.name());
      assertEquals(1, node.said(SwimOutput.Joined.class).size(), node.name());
    }
  }

  @Test
  void silentNodeIsDeadToAllInTime() {
    SmallGroup group = SmallGroup.joined(9, SwimConfig.region(), 2);
    group.kill("n4");
    group.run(6 * SECOND);
    for (Node node : group.othersThan("n4")) {
      assertEquals(Status.DEAD, node.status("n4"), node.name());
    }
  }

  @Test
  void quietGroupSuspectsNobody() {
    SmallGroup group = SmallGroup.joined(9, SwimConfig.region(), 3);
    group.forgetWhatWasSaid();
    group.run(120 * SECOND);
    for (Node node : group.nodes()) {
      assertEquals(List.of(), node.host().said(), node.name());
    }
  }

  @Test
  void refusedConnectionsOfTwoEndASuspicionWithinAMoment() {
    SmallGroup group = SmallGroup.joined(9, SwimConfig.region(), 4);
    Fact target = group.node("n0").belief("n4");
    group.kill("n4");
    for (Node node : group.othersThan("n4")) {
      node.step(new SwimInput.ConnectionBroken(target.node()));
      node.step(new SwimInput.ConnectionRefused(target.node()));
    }
    group.run(300 * MILLI);
    for (Node node : group.othersThan("n4")) {
      assertEquals(Status.DEAD, node.status("n4"), node.name());
    }
  }

  @Test
  void oneWayLinkKillsNobody() {
    SmallGroup group = SmallGroup.joined(5, SwimConfig.region(), 5);
    group.network.cut("n1", "n2");
    group.run(60 * SECOND);
    for (Node node : group.nodes()) {
      assertNotEquals(Status.DEAD, node.status("n2"), node.name());
    }
    assertTrue(group.node("n1").said(SwimOutput.EdgeDegraded.class).size() >= 1);
  }

  @Test
  void stoppedNodeComesBackUnderAHigherIncarnation() {
    SmallGroup group = SmallGroup.joined(5, SwimConfig.region(), 6);
    group.node("n3").host().pause(20 * SECOND);
    group.run(15 * SECOND);
    assertEquals(Status.DEAD, group.node("n0").status("n3"));
    group.run(8 * SECOND);
    for (Node node : group.nodes()) {
      assertEquals(Status.ALIVE, node.status("n3"), node.name());
      assertEquals(5, node.core().size());
    }
    assertEquals(1, group.node("n3").said(SwimOutput.Resynced.class).size());
  }

  @Test
  void healedPartitionKillsNobodyOnEitherSide() {
    SmallGroup group = SmallGroup.joined(6, SwimConfig.region(), 7);
    for (int i = 0; i < 3; i++) {
      for (int j = 3; j < 6; j++) {
        group.network.cutBothWays("n" + i, "n" + j);
      }
    }
    group.run(30 * SECOND);
    assertEquals(Status.DEAD, group.node("n0").status("n5"));
    group.forgetWhatWasSaid();
    group.network.mendAll();
    group.run(30 * SECOND);
    for (Node node : group.nodes()) {
      assertEquals(6, node.core().size(), node.name());
      for (SwimOutput.Changed changed : node.said(SwimOutput.Changed.class)) {
        assertNotEquals(Status.DEAD, changed.after().status(), () -> node.name() + " " + changed);
      }
    }
  }

  @Test
  void restartReplacesTheEarlierLifeAtOnce() {
    SmallGroup group = SmallGroup.joined(4, SwimConfig.region(), 8);
    group.kill("n2");
    group.run(200 * MILLI);
    Node second = group.start("n2");
    group.run(SECOND);
    for (Node node : group.nodes()) {
      assertEquals(second.core().self(), node.belief("n2").node(), node.name());
      assertEquals(Status.ALIVE, node.status("n2"), node.name());
    }
  }

  @Test
  void leaverIsGoneWithoutSuspicion() {
    SmallGroup group = SmallGroup.joined(5, SwimConfig.region(), 9);
    group.node("n2").step(new SwimInput.Leave());
    group.run(2 * SECOND);
    for (Node node : group.othersThan("n2")) {
      assertEquals(Status.LEFT, node.status("n2"), node.name());
    }
    assertEquals(1, group.node("n2").said(SwimOutput.Departed.class).size());
  }
}
