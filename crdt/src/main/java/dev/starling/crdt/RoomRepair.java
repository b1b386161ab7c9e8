package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds and mends what differs between two replicas whose contexts are equal: both hash an origin's
 * counters by ranges, and split those that differ until few entries are left to be exchanged.
 */
public final class RoomRepair {
  /** Into how many ranges one is split. */
  public static final int SPLIT = 16;

  /** A range with no more dots than this is not split any more: its entries are sent. */
  public static final int FEW_DOTS = 64;

  private RoomRepair() {}

  /**
   * The hash of what lives in a range.
   *
   * @param hash independent of the order of entries
   */
  public record RangeHash(DotRange range, long hash) {}

  /**
   * What one side sends of what it holds.
   *
   * @param context what its sender had seen; it is of use only where the receiver has seen the same
   * @param entries what lives in one range
   */
  public record Mending(CausalContext context, RoomDelta entries) {}

  /** The hashes of a range's parts, of at most {@link #SPLIT} equal ones. */
  public static List<RangeHash> hashes(RoomState state, DotRange range) {
    List<RangeHash> hashes = new ArrayList<>();
    for (DotRange part : parts(range)) {
      hashes.add(new RangeHash(part, hash(state, part)));
    }
    return hashes;
  }

  /** Those of another's ranges that hash differently here. */
  public static List<DotRange> differing(RoomState state, List<RangeHash> theirs) {
    List<DotRange> differing = new ArrayList<>();
    for (RangeHash each : theirs) {
      if (hash(state, each.range()) != each.hash()) {
        differing.add(each.range());
      }
    }
    return differing;
  }

  private static long hash(RoomState state, DotRange range) {
    long[] sum = {0};
    EntryHashes.each(state.within(range), (dot, hash) -> sum[0] += hash);
    return sum[0];
  }

  /** What a replica holds in a range, for the other to {@link RoomState#mend}. */
  public static Mending mending(RoomState state, DotRange range) {
    return new Mending(state.context(), state.within(range));
  }

  private static List<DotRange> parts(DotRange range) {
    long width = Math.max(1, Math.ceilDiv(range.last() - range.first() + 1, SPLIT));
    List<DotRange> parts = new ArrayList<>();
    for (long first = range.first(); first <= range.last(); first += width) {
      parts.add(new DotRange(range.replica(), first, Math.min(range.last(), first + width - 1)));
    }
    return parts;
  }
}
