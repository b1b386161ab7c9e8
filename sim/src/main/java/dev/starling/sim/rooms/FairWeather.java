package dev.starling.sim.rooms;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.SwimInput.Describe;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * After the storm, when all is well, one thing happens that a cluster is for: a node gives its
 * rooms to others and takes them back, a node ends and comes back with an empty disk, or a region
 * is cut off and comes back. People go on, and are answered soon.
 */
final class FairWeather {
  private static final long SECOND = 1_000_000_000L;
  private static final long SOON = SECOND;
  private static final long AFTER_AN_END = 6 * SECOND;

  private final World world;
  private final Crowd crowd;
  private final Ledger ledger;
  private final List<Integer> seedMachines;
  private final RandomGenerator random;
  private final LongConsumer pass;

  /**
   * @param pass lets so much time pass, with a look at what must hold at any time
   */
  FairWeather(
      World world, Crowd crowd, Ledger ledger, List<Integer> seedMachines, LongConsumer pass) {
    this.world = world;
    this.crowd = crowd;
    this.ledger = ledger;
    this.seedMachines = seedMachines;
    this.random = world.seeds().stream("fair weather");
    this.pass = pass;
  }

  void run() {
    crowd.goOn();
    int number = random.nextInt(world.size());
    BitSet inside = regionOf(number);
    boolean alone = inside.cardinality() == world.size();
    switch (random.nextInt(alone ? 2 : 3)) {
      case 0 -> handOver(world.machine(number));
      case 1 -> loseEverything(number);
      default -> cutOff(inside);
    }
    crowd.rest();
    nobodyWaits();
  }

  private void handOver(Machine machine) {
    ledger.begin(SOON, true);
    drain(machine, true);
    pass.accept(3 * SECOND);
    drain(machine, false);
    pass.accept(3 * SECOND);
  }

  private static void drain(Machine machine, boolean now) {
    CoreUnderTest core = machine.core();
    NodeInfo info = core == null ? null : core.selfFact().info();
    if (info != null) {
      machine.give(new Describe(info.withDraining(now)));
    }
  }

  private void loseEverything(int number) {
    ledger.begin(AFTER_AN_END, true);
    world.kill(number);
    world.machine(number).disk().wipe();
    pass.accept(SECOND);
    world.start(number, seedMachines);
    pass.accept(6 * SECOND);
  }

  private void cutOff(BitSet inside) {
    ledger.begin(AFTER_AN_END, false);
    BitSet outside = new BitSet();
    outside.set(0, world.size());
    outside.andNot(inside);
    Rule out = new Rule(inside, outside, Weather.blocked());
    Rule in = new Rule(outside, inside, Weather.blocked());
    world.network().add(out);
    world.network().add(in);
    pass.accept(7 * SECOND);
    world.network().remove(out);
    world.network().remove(in);
    pass.accept(3 * SECOND);
  }

  private BitSet regionOf(int number) {
    BitSet region = new BitSet();
    String name = world.topology().region(number);
    for (int other = 0; other < world.size(); other++) {
      region.set(other, world.topology().region(other).equals(name));
    }
    return region;
  }

  private void nobodyWaits() {
    for (Client client : crowd.clients()) {
      Client.Asked asked = client.asked();
      if (client.waits() && asked != null) {
        ledger.answered(client, asked, null);
      }
    }
    ledger.end();
  }

  /** Whether an answer says that the cluster didn't do its part. */
  static boolean isFailure(ServerMessage answer) {
    return answer instanceof Failed failed
        && (failed.code() == Code.INDETERMINATE || failed.code() == Code.BUSY);
  }
}
