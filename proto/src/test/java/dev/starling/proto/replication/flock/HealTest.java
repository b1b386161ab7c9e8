package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.replication.RoomReplica;
import dev.starling.membership.ring.Ring;
import dev.starling.property.Choices;
import dev.starling.proto.replication.DeltaWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HealTest {
  private static final int ROOMS = 1_000;

  /** So that a shard has as many rooms as it has where there are 10,000 rooms in all. */
  private static final int SHARDS = 100;

  private static final long ROUND_TRIP_NANOS = 121 * Timeline.MILLI;

  @Test
  void regionsThatWentTheirOwnWaysAreEqualSoonAndAtTheCostOfWhatLives() {
    World world = new World(new Choices(7)).region("eu", 3, 0).region("us", 3, 0).start();
    List<Session> clients = new ArrayList<>();
    for (Node node : world.nodes()) {
      clients.add(world.session(node.name()));
    }
    for (int room = 0; room < ROOMS; room++) {
      clients.get(room % clients.size()).join(name(room));
    }
    world.pass(10 * Timeline.SECOND);
    world.cutRegion("us");
    world.pass(6 * Timeline.SECOND);
    for (int room = 0; room < ROOMS; room++) {
      clients.get(room % clients.size()).say(name(room), "apart " + room);
      clients.get((room + 3) % clients.size()).join(name(room));
      clients.get((room + 3) % clients.size()).say(name(room), "apart too " + room);
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
    assertTrue(
        bytes <= live * 12 / 10,
        () -> bytes + " bytes for " + live + " that live: " + world.links().wanBytesByKind());
    world.pass(5 * Timeline.SECOND);
    for (int room = 0; room < ROOMS; room++) {
      world.checkEqual(name(room));
    }
  }

  private final List<String> names = names();

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < ROOMS; i++) {
      if (Ring.shardOf("room-" + i) < SHARDS) {
        names.add("room-" + i);
      }
    }
    return names;
  }

  private String name(int room) {
    return Objects.requireNonNull(names.get(room));
  }

  private int unequal(World world) {
    int unequal = 0;
    for (int room = 0; room < ROOMS; room++) {
      String name = name(room);
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

  private long liveBytes(World world) {
    long bytes = 0;
    for (int room = 0; room < ROOMS; room++) {
      String name = name(room);
      bytes +=
          DeltaWriter.delta(world.state(world.owners(name).getFirst(), name).full())
              .getSerializedSize();
    }
    return bytes;
  }
}
