package dev.starling.membership.ring;

import dev.starling.membership.Fact;
import dev.starling.membership.StableHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes own which shard. A pure function of the view: nodes that believe the same compute the
 * same owners, and nobody is asked. Immutable.
 */
public final class Ring {
  /** How many shards rooms and sessions are hashed to. */
  public static final int SHARDS = 1_024;

  /** How many owners a shard has in each region, where there are as many core nodes. */
  public static final int OWNERS = 3;

  private final SortedMap<String, List<List<String>>> ownersByRegion;

  private Ring(SortedMap<String, List<List<String>>> ownersByRegion) {
    this.ownersByRegion = ownersByRegion;
  }

  /** The ring over the living core nodes of a view that don't drain. */
  public static Ring of(Collection<Fact> facts) {
    SortedMap<String, List<Candidate>> byRegion = new TreeMap<>();
    for (Fact fact : facts) {
      Candidate candidate = Candidate.of(fact);
      if (candidate != null) {
        byRegion.computeIfAbsent(candidate.region(), region -> new ArrayList<>()).add(candidate);
      }
    }
    SortedMap<String, List<List<String>>> owners = new TreeMap<>();
    byRegion.forEach((region, candidates) -> owners.put(region, allOwners(candidates)));
    return new Ring(owners);
  }

  /** The shard of a room or a session. */
  public static int shardOf(String name) {
    return (int) Math.floorMod(StableHash.of(name), (long) SHARDS);
  }

  /** The regions that own shards, in the order of their names. */
  public Collection<String> regions() {
    return Collections.unmodifiableCollection(ownersByRegion.keySet());
  }

  /**
   * A shard's owners in one region, the first one first; empty for a region without core nodes.
   *
   * @param shard 0 to {@link #SHARDS} − 1
   */
  public List<String> owners(int shard, String region) {
    List<List<String>> owners = ownersByRegion.get(region);
    return owners == null ? List.of() : owners.get(shard);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ring ring && ring.ownersByRegion.equals(ownersByRegion);
  }

  @Override
  public int hashCode() {
    return ownersByRegion.hashCode();
  }

  private static List<List<String>> allOwners(List<Candidate> candidates) {
    List<List<String>> owners = new ArrayList<>(SHARDS);
    for (int shard = 0; shard < SHARDS; shard++) {
      List<Candidate> chosen = Rendezvous.choose(candidates, StableHash.mix(shard), OWNERS);
      owners.add(chosen.stream().map(Candidate::name).toList());
    }
    return owners;
  }
}
