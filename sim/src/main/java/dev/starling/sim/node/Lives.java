package dev.starling.sim.node;

import dev.starling.membership.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes ever ran on which machine, and how far their incarnations went. */
final class Lives {
  private final NodeId[] last;
  private final Map<NodeId, Long> endedIncarnations = new LinkedHashMap<>();

  Lives(int machines) {
    last = new NodeId[machines];
  }

  void begin(int machine, NodeId id) {
    last[machine] = id;
  }

  /**
   * Keeps what is known of a node that is about to end; it may have another name than it began
   * with.
   */
  void end(int machine, @Nullable CoreUnderTest core) {
    if (core != null) {
      endedIncarnations.merge(core.self(), core.selfFact().incarnation(), Math::max);
      last[machine] = core.self();
    }
  }

  /** The last node on a machine; null when there was none. */
  @Nullable NodeId last(int machine) {
    return last[machine];
  }

  /** The highest incarnation of any process of this identity; −1 when there was none. */
  long highestIncarnation(@Nullable CoreUnderTest running, NodeId id) {
    long ended = endedIncarnations.getOrDefault(id, -1L);
    return running != null && running.self().equals(id)
        ? Math.max(ended, running.selfFact().incarnation())
        : ended;
  }
}
