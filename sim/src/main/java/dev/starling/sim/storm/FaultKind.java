package dev.starling.sim.storm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The kinds of faults that storms are made of. */
enum FaultKind {
  KILL,
  POWER_OFF,
  CRASH_LOOP,
  PAUSE,
  SLOW_CPU,
  DRIFT,
  CLOCK_JUMP,
  RESTART_WITH_DISK,
  RESTART_WITH_STALE_DISK,
  EXPIRED_CERTIFICATE,
  ROLLING_UPGRADE,
  REUSE_IDENTITY,
  STALE_SEEDS,
  KILL_BRIDGES,
  CUT_NODE,
  SPLIT_NODE,
  SPLIT_REGION,
  CUT_ONE_WAY,
  CUT_ZONE,
  CUT_REGION,
  CUT_TRIANGLE,
  CLOG,
  CLOG_LINK,
  HEAVY_LOSS,
  SMALL_MTU,
  LOSS,
  BURSTS,
  DOUBLING,
  OVERTAKING,
  DAMAGE,
  SPIKE,
  NARROW,
  WALL_CLOCK,
  LOST_DISK,
  DAMAGED_DISK,
  SLOW_DISK,
  FULL_DISK,
  DRAIN,
  RESET;

  /** Those that matter to rooms alone. */
  private static final EnumSet<FaultKind> OF_ROOMS = EnumSet.range(WALL_CLOCK, RESET);

  /** Those of the membership. */
  static List<FaultKind> ofMembership() {
    return List.copyOf(EnumSet.complementOf(OF_ROOMS));
  }

  /**
   * Those of nodes with rooms: all but a copy of an earlier identity, which nodes don't start as,
   * since what they mint would be minted twice.
   */
  static List<FaultKind> ofRooms() {
    return Arrays.stream(values()).filter(kind -> kind != REUSE_IDENTITY).toList();
  }
}
