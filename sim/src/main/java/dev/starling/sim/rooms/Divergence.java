package dev.starling.sim.rooms;

import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomConfig;
import dev.starling.crdt.RoomDelta;
import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.ring.Ring;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.proto.replication.DeltaWriter;
import dev.starling.sim.check.Violations;
import dev.starling.sim.network.Regions;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two regions that were cut off from each other for a while, with every room used on both sides:
 * how soon all are equal once the ways are open, and what that costs.
 */
public final class Divergence {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long LOOK = 10 * MILLI;
  private static final long ROUND_TRIP = 137 * MILLI;
  private static final long MOST = 30 * SECOND;

  private static final int USUAL = 10_000;

  private final List<String> names;
  private final World world;
  private final RoomWorld rooms;
  private final Ledger ledger;
  private final List<Client> clients = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param rooms how many there were, and differed
   * @param equalNanos how long after the first connection between the regions all were equal
   * @param bytes what went between the regions from the heal until then, by kind of message
   * @param liveBytes what the rooms take up as they are written for others, each once
   */
  public record Healed(int rooms, long equalNanos, TreeMap<String, Long> bytes, long liveBytes) {
    /** One second and two round trips. */
    public static final long MOST_NANOS = SECOND + 2 * ROUND_TRIP;

    /** How much more than what lives may be sent. */
    public static final double MOST_BYTES = 1.2;

    /** Bytes sent for each that lives. */
    public double ratio() {
      return (double) bytes.values().stream().mapToLong(Long::longValue).sum() / liveBytes;
    }

    /** Whether it was soon enough, and cost little enough. */
    public boolean holds() {
      return equalNanos >= 0 && equalNanos <= MOST_NANOS && ratio() <= MOST_BYTES;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d rooms that differed: equal after %.3f s (most %.3f s), %.3f bytes for each that"
              + " lives (most %.1f): %s, %,d live",
          rooms,
          (double) equalNanos / SECOND,
          (double) MOST_NANOS / SECOND,
          ratio(),
          MOST_BYTES,
          bytes,
          liveBytes);
    }
  }

  /**
   * @param count how many rooms, at most 10,000: of fewer, as many are in a shard
   */
  public Divergence(long seed, int count) {
    this.names = names(count);
    this.world =
        new World(
            seed,
            Regions.two(3),
            CoreUnderTest.twoTiers(SwimConfig.region(), SwimConfig.wan(), RegionConfig.standard()));
    ReplicationConfig config =
        ReplicationConfig.of(
            new RoomConfig(1_000, 64, Ledger.MOST_CHAT, 3_600 * SECOND),
            4 * SECOND,
            10 * SECOND,
            120_000);
    this.rooms =
        new RoomWorld(
            world, new Violations(world), config, new RoomWorld.FlowBounds(8 << 20, 16 << 20));
    this.ledger = new Ledger(rooms);
  }

  private static List<String> names(int count) {
    int shards = Math.max(1, (int) ((long) Ring.SHARDS * count / USUAL));
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < count; i++) {
      if (Ring.shardOf("room-" + i) < shards) {
        names.add("room-" + i);
      }
    }
    return names;
  }

  /** Lets it happen, once. */
  public Healed run() {
    world.startAcquainted();
    pass(3 * SECOND);
    for (int number = 0; number < world.size(); number++) {
      for (int i = number % 3; i < names.size(); i += 3) {
        client(number, i);
      }
    }
    everybody(0, (client, room) -> client.join(room));
    pass(10 * SECOND);
    Rule[] cut = cut();
    pass(8 * SECOND);
    everybody(1, (client, room) -> client.join(room));
    pass(3 * SECOND);
    everybody(0, Client::say);
    everybody(1, Client::say);
    pass(10 * SECOND);
    int differ = unequal();
    TreeMap<String, Long> before = rooms.wanBytes();
    for (Rule rule : cut) {
      world.network().remove(rule);
    }
    long equal = heal();
    return new Healed(differ, equal, since(before), liveBytes());
  }

  /** Something that a client does in a room. */
  private interface Act {
    void by(Client client, String room);
  }

  private void client(int number, int room) {
    RoomNode node = Objects.requireNonNull(rooms.node(number));
    Client.Person person = new Client.Person("u" + number, false, name -> List.of());
    clients.add(new Client(node, person, number + "-" + room, ledger));
  }

  /** Everybody of one of the two regions. */
  private void everybody(int region, Act act) {
    int half = clients.size() / 2;
    for (int i = region * half; i < (region + 1) * half; i++) {
      Client client = clients.get(i);
      int room = Integer.parseInt(client.id().substring(client.id().indexOf('-') + 1));
      act.by(client, names.get(room));
    }
  }

  private Rule[] cut() {
    BitSet one = new BitSet();
    BitSet other = new BitSet();
    for (int number = 0; number < world.size(); number++) {
      (number < world.size() / 2 ? one : other).set(number);
    }
    Rule[] rules = {
      new Rule(one, other, Weather.blocked()), new Rule(other, one, Weather.blocked())
    };
    for (Rule rule : rules) {
      world.network().add(rule);
    }
    return rules;
  }

  /** From the first connection between the regions on; negative where it took too long. */
  private long heal() {
    long removed = world.events().now();
    while (!rooms.anyAcross()) {
      if (world.events().now() > removed + MOST) {
        return -1;
      }
      pass(LOOK);
    }
    long met = world.events().now() - LOOK;
    while (unequal() > 0) {
      if (world.events().now() > met + MOST) {
        return -1;
      }
      pass(LOOK);
    }
    return world.events().now() - met;
  }

  private void pass(long nanos) {
    world.events().runUntil(world.events().now() + nanos);
  }

  private int unequal() {
    int unequal = 0;
    for (String room : names) {
      unequal += isEqual(room) ? 0 : 1;
    }
    return unequal;
  }

  private boolean isEqual(String room) {
    @Nullable RoomDelta first = null;
    for (RoomNode owner : owners(room)) {
      RoomReplica replica = owner.replica(room);
      RoomDelta all = replica == null ? RoomDelta.EMPTY : replica.state().full();
      if (first != null && !first.equals(all)) {
        return false;
      }
      first = all;
    }
    return true;
  }

  private List<RoomNode> owners(String room) {
    return rooms.owners(room, Objects.requireNonNull(rooms.nodes().getFirst().view()));
  }

  private long liveBytes() {
    long bytes = 0;
    for (String room : names) {
      RoomReplica replica = Objects.requireNonNull(owners(room).getFirst().replica(room));
      bytes += DeltaWriter.delta(replica.state().full()).getSerializedSize();
    }
    return bytes;
  }

  private TreeMap<String, Long> since(TreeMap<String, Long> before) {
    TreeMap<String, Long> bytes = new TreeMap<>();
    rooms
        .wanBytes()
        .forEach((kind, now) -> {
          long more = now - before.getOrDefault(kind, 0L);
          if (more > 0) {
            bytes.put(kind, more);
          }
        });
    return bytes;
  }
}
