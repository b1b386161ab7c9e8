package dev.starling.membership.region;

import static dev.starling.membership.HandNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Status;
import dev.starling.membership.region.Regions.Node;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimOutput.Changed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoTierTest {
  @Test
  void everyNodeLearnsOfAllRegionsFromOneSeed() {
    Regions regions = Regions.joined(1, 3, "east", "south", "west");
    for (Node node : regions.nodes()) {
      assertEquals(9, node.living(), node.name());
    }
  }

  @Test
  void regionMayHaveAnyName() {
    Regions regions = Regions.joined(8, 3, "bridges", "south", "wan");
    regions.node("wan-2").host().kill();
    regions.network.run(8 * SECOND);
    for (Node node : regions.nodes()) {
      if (!node.name().equals("wan-2")) {
        assertEquals(8, node.living(), node.name());
        assertEquals(Status.DEAD, node.status("wan-2"), node.name());
        assertEquals(List.of(), node.core().unreachableRegions(), node.name());
      }
    }
  }

  @Test
  void deathInOneRegionIsKnownInAll() {
    Regions regions = Regions.joined(2, 4, "east", "south", "west");
    regions.node("south-2").host().kill();
    regions.network.run(8 * SECOND);
    for (Node node : regions.nodes()) {
      if (!node.name().equals("south-2")) {
        assertEquals(Status.DEAD, node.status("south-2"), node.name());
      }
    }
  }

  @Test
  void deadNodeIsForgottenInAllRegionsWhereverAnOperatorSaysSo() {
    Regions regions = Regions.joined(5, 4, "east", "south", "west");
    regions.node("south-2").host().kill();
    regions.network.run(8 * SECOND);
    regions.node("west-3").host().step(new SwimInput.Forget("south-2"));
    regions.network.run(3 * SECOND);
    for (Node node : regions.nodes()) {
      boolean shown =
          node.core().facts().stream().anyMatch(fact -> fact.node().name().equals("south-2"));
      assertFalse(shown && !node.name().equals("south-2"), node.name());
    }
  }

  @Test
  void forgottenNodeThatStartsAgainIsTakenIn() {
    Regions regions = Regions.joined(6, 3, "east", "west");
    regions.node("east-2").host().kill();
    regions.network.run(8 * SECOND);
    regions.node("west-1").host().step(new SwimInput.Forget("east-2"));
    regions.network.run(3 * SECOND);
    regions.start("east", "east-2", "east-0");
    regions.network.run(3 * SECOND);
    for (Node node : regions.nodes()) {
      assertEquals(Status.ALIVE, node.status("east-2"), node.name());
    }
  }

  @Test
  void livingNodeIsNotForgotten() {
    Regions regions = Regions.joined(7, 3, "east", "west");
    regions.node("west-1").host().step(new SwimInput.Forget("east-2"));
    regions.network.run(3 * SECOND);
    for (Node node : regions.nodes()) {
      assertEquals(Status.ALIVE, node.status("east-2"), node.name());
    }
  }

  @Test
  void cutRegionIsUnreachableAndNobodyDies() {
    Regions regions = Regions.joined(3, 4, "east", "south", "west");
    regions.forgetWhatWasSaid();
    regions.cutOff("west");
    regions.network.run(6 * SECOND);
    for (Node node : regions.outside("west")) {
      assertEquals(List.of("west"), node.core().unreachableRegions(), node.name());
    }
    for (Node node : regions.in("west")) {
      assertEquals(List.of("east", "south"), node.core().unreachableRegions(), node.name());
    }
    regions.network.run(120 * SECOND);
    for (Node node : regions.nodes()) {
      assertEquals(12, node.living(), node.name());
    }
  }

  @Test
  void healedRegionIsBackWithoutChurn() {
    Regions regions = Regions.joined(4, 4, "east", "south", "west");
    regions.cutOff("west");
    regions.network.run(60 * SECOND);
    regions.forgetWhatWasSaid();
    regions.network.mendAll();
    regions.network.run(5 * SECOND);
    for (Node node : regions.nodes()) {
      assertEquals(List.of(), node.core().unreachableRegions(), node.name());
      assertTrue(
          node.host().said(Changed.class).stream()
              .allMatch(change -> change.after().status() == Status.ALIVE),
          node.name());
    }
  }

  @Test
  void regionWhoseNodesAllLeaveIsNotMissed() {
    Regions regions = Regions.joined(5, 4, "east", "south", "west");
    for (Node node : regions.in("west")) {
      node.host().step(new SwimInput.Leave());
    }
    regions.network.run(2 * SECOND);
    for (Node node : regions.outside("west")) {
      for (Node left : regions.in("west")) {
        assertEquals(Status.LEFT, node.status(left.name()), node.name());
      }
    }
    regions.network.run(30 * SECOND);
    for (Node node : regions.outside("west")) {
      assertEquals(List.of(), node.core().unreachableRegions(), node.name());
    }
  }
}
