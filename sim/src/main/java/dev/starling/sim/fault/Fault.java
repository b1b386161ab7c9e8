package dev.starling.sim.fault;

import dev.starling.sim.network.Weather;
import java.util.BitSet;

/** What can go wrong, as data; times in virtual nanoseconds. */
public sealed interface Fault {
  /** A process ends; its machine refuses connections. Another one starts later. */
  record Kill(int machine, long downNanos) implements Fault {}

  /** A machine goes dark. Another process starts later. */
  record PowerOff(int machine, long downNanos) implements Fault {}

  /** A process ends and starts again, and again. */
  record CrashLoop(int machine, int times, long upNanos, long downNanos) implements Fault {}

  /** A process stands still: a collection, SIGSTOP, a paused machine. */
  record Pause(int machine, long nanos) implements Fault {}

  /** Every step takes long. */
  record SlowCpu(int machine, long stepNanos, long nanos) implements Fault {}

  /** A clock runs too fast or too slow. */
  record Drift(int machine, double partsPerMillion, long nanos) implements Fault {}

  /** A clock jumps ahead: the machine slept, and its process didn't notice. */
  record ClockJump(int machine, long nanos) implements Fault {}

  /**
   * A process ends, and the next one remembers what was written down some time before.
   *
   * @param staleNanos how long before
   */
  record RestartWithDisk(int machine, long staleNanos, long downNanos) implements Fault {}

  /** A certificate runs out: no stream to or from a machine is opened. */
  record ExpiredCertificate(int machine, long nanos) implements Fault {}

  /** One machine after the other starts again with the next version of the protocol. */
  record RollingUpgrade(int first, int machines, long downNanos, long betweenNanos)
      implements Fault {}

  /** A process ends, and starts again as a copy of its earlier self: same name, same generation. */
  record ReuseIdentity(int machine, long downNanos) implements Fault {}

  /** A process ends, and starts again knowing only seeds that are not there. */
  record StaleSeeds(int machine, long downNanos) implements Fault {}

  /** Every bridge of a region ends at once. */
  record KillBridges(String region, long downNanos) implements Fault {}

  /** A wall clock is set, and set right again later. */
  record WallClock(int machine, long moreMillis, long nanos) implements Fault {}

  /** A process ends, and the next one finds nothing on its disk. */
  record LostDisk(int machine, long downNanos) implements Fault {}

  /** A process ends, and the next one finds the last records on its disk damaged. */
  record DamagedDisk(int machine, long downNanos) implements Fault {}

  /** Every write takes long. */
  record SlowDisk(int machine, long writeNanos, long nanos) implements Fault {}

  /** Every write is refused. */
  record FullDisk(int machine, long nanos) implements Fault {}

  /** A node is about to go, owns nothing for a while, and stays after all. */
  record Drain(int machine, long nanos) implements Fault {}

  /** All connections of a machine break at once. */
  record Reset(int machine) implements Fault {}

  /**
   * Weather on the ways from some machines to others.
   *
   * @param mutual whether on the ways back, too
   */
  record Front(BitSet from, BitSet to, Weather weather, boolean mutual, long nanos)
      implements Fault {
    public Front {
      from = (BitSet) from.clone();
      to = (BitSet) to.clone();
    }
  }
}
