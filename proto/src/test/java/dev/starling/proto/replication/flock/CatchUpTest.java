package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.membership.ring.Ring;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatchUpTest {
  private static final int ROOMS = 60;

  @Test
  void newOwnerHasAllRoomsOfAShardBeforeItServesHoweverMany() {
    ReplicationConfig usual = Node.usual(World.ROOM);
    World world = new World(new Choices(3), fewRepairs(usual)).region("eu", 3, 0).start();
    int shard = Ring.shardOf(world.roomOf("eu-b"));
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < ROOMS; i++) {
      if (Ring.shardOf("room-" + i) == shard) {
        names.add("room-" + i);
      }
    }
    Session ann = world.session("eu-b");
    names.forEach(ann::join);
    world.pass(Timeline.SECOND);
    world.kill("eu-a", false);
    world.pass(Timeline.SECOND);
    world.restart("eu-a");
    world.pass(Timeline.SECOND / 2);
    Node fresh = world.node("eu-a");
    assertTrue(names.stream().allMatch(name -> fresh.replica(name) != null));
    assertEquals(0, world.node("eu-b").losses().getOrDefault(Loss.REPAIR_DROPPED, 0));
    names.forEach(world::checkEqual);
  }

  /** The usual times, and a tenth of the rooms wait for repair. */
  private static ReplicationConfig fewRepairs(ReplicationConfig usual) {
    return with(usual, ROOMS / 10, usual.retireNanos(), usual.retirementNanos());
  }

  @Test
  void recordsOfRetiredReplicasGoFromAllOwnersAndStayAway() {
    ReplicationConfig usual = Node.usual(World.ROOM);
    ReplicationConfig soon =
        with(usual, usual.maxRepairs(), 120 * Timeline.SECOND, 1_200 * Timeline.SECOND);
    World world = new World(new Choices(3), soon).region("eu", 4, 0).start();
    String room = world.roomOf("eu-a");
    Session ann = world.session("eu-a");
    ann.join(room);
    ann.say(room, "minted by one that goes");
    Session bob = world.session(world.owners(room).get(1).name());
    bob.join(room);
    world.pass(Timeline.SECOND);
    world.kill("eu-a", false);
    world.pass(1_800 * Timeline.SECOND);
    for (Node owner : world.owners(room)) {
      assertTrue(world.state(owner, room).full().retired().isEmpty(), owner::name);
    }
    world.nodes().forEach(node -> node.sent().clear());
    world.pass(120 * Timeline.SECOND);
    for (Node node : world.living()) {
      assertEquals(0, node.sent().getOrDefault("Repair", 0), node::name);
      assertEquals(0, node.sent().getOrDefault("Push", 0), node::name);
    }
    world.checkEqual(room);
  }

  private static ReplicationConfig with(
      ReplicationConfig c, int maxRepairs, long retireNanos, long retirementNanos) {
    return new ReplicationConfig(
        c.room(),
        c.pushDeltas(),
        c.regionPushNanos(),
        c.wanPushNanos(),
        c.resendNanos(),
        c.batchBytes(),
        c.bufferBytes(),
        c.regionDigestNanos(),
        c.wanDigestNanos(),
        c.repairBytesPerSecond(),
        c.repairBurstBytes(),
        maxRepairs,
        c.zoneWaitNanos(),
        c.answerNanos(),
        c.retryNanos(),
        c.maxPending(),
        c.catchUpNanos(),
        c.graceNanos(),
        c.unknownHostNanos(),
        c.hideNanos(),
        c.revealNanos(),
        retireNanos,
        retirementNanos,
        c.effects(),
        c.effectMillis(),
        c.heldDeltas(),
        c.farMillis(),
        c.clockMillis(),
        c.maxDormant());
  }
}
