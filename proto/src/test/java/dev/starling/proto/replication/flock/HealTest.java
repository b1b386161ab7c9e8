package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.replication.RoomReplica;
import dev.starling.property.Choices;
import dev.starling.proto.replication.DeltaWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HealTest {
  private static final int ROOMS = Integer.getInteger("starling.heal.rooms", 1_000);
  private static final long ROUND_TRIP_NANOS = 121 * Timeline.MILLI;

  @Test
  void regionsThatWentTheirOwnWaysAreEqualSoonAndAtTheCostOfWhatLives() {
    World world = new World(new Choices(7)).region("eu", 3, 0).region("us", 3, 0).start();
    List<Session> clients = new ArrayList<>();
    for (Node node : world.nodes()) {
      clients.add(world.session(node.name()));
    }
    for (int room = 0; room < ROOMS; room++) {
      clients.get(room % clients.size()).join("room-" + room);
    }
    world.pass(10 * Timeline.SECOND);
    world.cutRegion("us");
    world.pass(6 * Timeline.SECOND);
    for (int room = 0; room < ROOMS; room++) {
      clients.get(room % clients.size()).say("room-" + room, "apart " + room);
      clients.get((room + 3) % clients.size()).join("room-" + room);
      clients.get((room + 3) % clients.size()).say("room-" + room, "apart too " + room);
    }
    world.pass(20 * Timeline.SECOND);
    assertEquals(ROOMS, unequal(world));
    long before = world.links().wanBytes();
    world.links().wanBytesByKind().clear();
    world.mendRegion("us");
    world.pass(Timeline.SECOND + 2 * ROUND_TRIP_NANOS);
    assertEquals(0, unequal(world));
    long bytes = world.links().wanBytes() - before;
    long live = liveBytes(world);
    assertTrue(bytes <= live * 12 / 10, 
        () ->
            bytes + " bytes for " + live + " that live: " + world.links().wanBytesByKind());
    world.pass(5 * Timeline.SECOND);
    for (int room = 0; room < ROOMS; room++) {
      world.checkEqual("room-" + room);
    }
  }

  private static int unequal(World world) {
    int unequal = 0;
    for (int room = 0; room < ROOMS; room++) {
      String name = "room-" + room;
      List<Node> owners = world.owners(name);
      RoomReplica first = Objects.requireNonNull(owners.getFirst().replica(name));
      for (Node owner : owners) {
        RoomReplica replica = owner.replica(name);
        if (replica == null || !replica.state().full().equals(first.state().full())) {
          unequal++;
          break;
        }
      }
    }
    return unequal;
  }

  private static long liveBytes(World world) {
    long bytes = 0;
    for (int room = 0; room < ROOMS; room++) {
      String name = "room-" + room;
      bytes +=
          DeltaWriter.delta(world.state(world.owners(name).getFirst(), name).full())
              .getSerializedSize();
    }
    return bytes;
  }
}
