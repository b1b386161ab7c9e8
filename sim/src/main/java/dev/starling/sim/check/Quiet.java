package dev.starling.sim.check;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;

/**
 * What holds in fair weather, once all views are equal: nobody who lives is declared dead, and
 * there is little to say.
 */
public final class Quiet implements World.Observer {
  /** Of a node among fifteen that bridges three regions: probes, hails, answers, and room. */
  private static final double MOST_PACKETS = 60;

  private static final double MOST_BYTES = 8_000;
  private static final double SECOND = 1e9;

  private final World world;
  private final Violations violations;
  private boolean watching;
  private boolean wayOpen = true;
  private long began;
  private long packets;
  private long bytes;

  public Quiet(World world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  /** From now on the weather is fair and everybody knows everybody. */
  public void begin() {
    watching = true;
    began = world.events().now();
    packets = packets();
    bytes = bytes();
  }

  @Override
  public void saw(Machine machine, SwimOutput output) {
    if (watching && output instanceof Changed changed) {
      Fact after = changed.after();
      NodeInfo info = after.info();
      if (after.status() == Status.DEAD && lives(after.node())) {
        violations.add("in fair weather the living live", machine.self() + ": " + changed);
      }
      if (wayOpen
          && after.status() == Status.ALIVE
          && info != null
          && !info.unreachable().isEmpty()) {
        violations.add("in fair weather no region is missed", machine.self() + ": " + changed);
      }
    }
  }

  /** From now on a region is cut off: it may be missed, and nobody in it may be declared dead. */
  public void cutRegion() {
    wayOpen = false;
  }

  /** Looks at what was sent since the beginning. */
  public void judgeTraffic() {
    double seconds = (world.events().now() - began) / SECOND * world.size();
    double sent = (packets() - packets) / seconds;
    double sentBytes = (bytes() - bytes) / seconds;
    if (sent > MOST_PACKETS || sentBytes > MOST_BYTES) {
      violations.add(
          "when nothing happens little is said", sent + " packets, " + sentBytes + " bytes/s");
    }
  }

  private boolean lives(NodeId node) {
    int number = world.numberOf(node.name());
    return number >= 0 && node.equals(world.machine(number).self());
  }

  private long packets() {
    return world.network().datagrams() + world.network().streamMessages();
  }

  private long bytes() {
    return world.network().datagramBytes() + world.network().streamBytes();
  }
}
