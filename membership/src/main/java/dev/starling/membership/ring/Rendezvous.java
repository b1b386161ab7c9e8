package dev.starling.membership.ring;

import dev.starling.membership.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Highest random weight (Thaler and Ravishankar, 1998), spread over zones: the best candidates for
 * a key, at first one a zone. When a candidate comes or goes, only what it wins or loses moves.
 */
public final class Rendezvous {
  private Rendezvous() {}

  /**
   * The best candidates for a key, the best first.
   *
   * @param candidates in any order; names differ
   * @param count how many at most
   */
  public static List<Candidate> choose(List<Candidate> candidates, long key, int count) {
    List<Scored> ranked = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      ranked.add(new Scored(candidate, StableHash.mix(StableHash.of(candidate.name()) ^ key)));
    }
    ranked.sort(Scored.BEST_FIRST);
    return spread(ranked, count);
  }

  /** Goes round the zones: nobody is second in a zone while another zone has nobody. */
  private static List<Candidate> spread(List<Scored> ranked, int count) {
    List<Candidate> chosen = new ArrayList<>(count);
    List<Scored> left = new ArrayList<>(ranked);
    while (chosen.size() < count && !left.isEmpty()) {
      Set<String> zones = new LinkedHashSet<>();
      List<Scored> passed = new ArrayList<>();
      for (Scored scored : left) {
        if (chosen.size() < count && zones.add(scored.candidate.zone())) {
          chosen.add(scored.candidate);
        } else {
          passed.add(scored);
        }
      }
      left = passed;
    }
    return chosen;
  }

  private record Scored(Candidate candidate, long score) {
    static final Comparator<Scored> BEST_FIRST =
        Comparator.<Scored>comparingLong(scored -> scored.score)
            .reversed()
            .thenComparing(scored -> scored.candidate.name());
  }
}
