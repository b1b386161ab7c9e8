package dev.starling.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What two replicas compare instead of their states: the context, and of each origin a hash of its
 * live entries that doesn't depend on their order. Equal contexts stand for equal states, so equal
 * contexts with unequal hashes are a fault in somebody's memory or on its disk.
 *
 * @param hashes by origin, of those that have live entries
 */
public record RoomDigest(CausalContext context, NavigableMap<ReplicaId, Long> hashes) {

  /** The digest of everything that a delta holds. */
  static RoomDigest of(RoomDelta all) {
    TreeMap<ReplicaId, Long> hashes = new TreeMap<>();
    EntryHashes.each(all, (dot, hash) -> hashes.merge(dot.replica(), hash, Long::sum));
    return new RoomDigest(all.context(), hashes);
  }

  /**
   * A hash of what was seen of a room and which replicas are retired in it: equal on two replicas
   * of which neither lacks anything that the other has. Its cost follows the context, not the room.
   */
  public static long summary(RoomState state) {
    Fingerprint hash = new Fingerprint().add(state.context());
    state.retirements().all().forEach((dead, record) -> hash.add(dead).add(record.gone()));
    return hash.value();
  }

  /** Whether both have seen the same of an origin and hold the same. */
  public boolean agreesOn(ReplicaId origin, RoomDigest other) {
    return Objects.equals(hashes.get(origin), other.hashes.get(origin))
        && context.only(origin).equals(other.context.only(origin));
  }

  /** The origins whose entries differ though both have seen the same: see {@link RoomRepair}. */
  public List<ReplicaId> corrupt(RoomDigest other) {
    List<ReplicaId> corrupt = new ArrayList<>();
    if (context.equals(other.context)) {
      for (ReplicaId origin : context.replicas()) {
        if (!agreesOn(origin, other)) {
          corrupt.add(origin);
        }
      }
    }
    return corrupt;
  }
}
