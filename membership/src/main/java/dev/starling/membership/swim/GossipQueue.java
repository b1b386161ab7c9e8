package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * News on its way: each fact is sent a number of times that grows with the logarithm of the group,
 * the least often sent first (SWIM section 4.1). A newer fact about the same node replaces older
 * ones.
 */
final class GossipQueue {
  /** How many facts that don't fit are passed over before a packet counts as full. */
  private static final int MISFITS = 4;

  /**
   * In groups of up to nine the logarithm is 1: then one death of a hundred stayed unknown to
   * somebody until tables were compared.
   */
  private static final int LEAST_SCALE = 2;

  private final int retransmitFactor;
  private final TreeSet<Rumour> order = new TreeSet<>();
  private final Map<String, List<Rumour>> byName = new LinkedHashMap<>();
  private long sequence;

  GossipQueue(int retransmitFactor) {
    this.retransmitFactor = retransmitFactor;
  }

  boolean isEmpty() {
    return order.isEmpty();
  }

  int size() {
    return order.size();
  }

  /** Spreads a fact from now on. */
  void add(Fact fact) {
    List<Rumour> rumours = byName.computeIfAbsent(fact.node().name(), name -> new ArrayList<>(1));
    rumours.removeIf(older -> isReplaced(older, fact));
    Rumour rumour = new Rumour(fact, sequence++);
    rumours.add(rumour);
    order.add(rumour);
  }

  /** Stops telling about a node. */
  void forget(String name) {
    List<Rumour> rumours = byName.remove(name);
    if (rumours != null) {
      order.removeAll(rumours);
    }
  }

  /**
   * The facts for the next packet, each counted as sent once.
   *
   * @param bytes how much room there is
   * @param nodes how many nodes the group has
   * @param told a fact that the packet has already, not to be repeated
   */
  List<Fact> take(int bytes, int nodes, @Nullable Fact told) {
    if (order.isEmpty()) {
      return List.of();
    }
    List<Rumour> chosen = choose(bytes, told);
    int limit = retransmitFactor * Math.max(LEAST_SCALE, (int) Math.ceil(Math.log10(nodes + 1.0)));
    List<Fact> facts = new ArrayList<>(chosen.size());
    for (Rumour rumour : chosen) {
      order.remove(rumour);
      rumour.countSent();
      if (rumour.sent() < limit) {
        order.add(rumour);
      } else {
        drop(rumour);
      }
      facts.add(rumour.fact());
    }
    return facts;
  }

  private List<Rumour> choose(int bytes, @Nullable Fact told) {
    List<Rumour> chosen = new ArrayList<>();
    int room = bytes;
    int misfits = 0;
    for (Rumour rumour : order) {
      if (rumour.bytes() > room) {
        misfits++;
      } else if (!rumour.fact().equals(told)) {
        chosen.add(rumour);
        room -= rumour.bytes();
      }
      if (misfits > MISFITS) {
        break;
      }
    }
    return chosen;
  }

  private boolean isReplaced(Rumour older, Fact newer) {
    boolean otherAccuser =
        older.fact().precedence(newer) == 0
            && newer.by() != null
            && !newer.by().equals(older.fact().by());
    if (!otherAccuser) {
      order.remove(older);
    }
    return !otherAccuser;
  }

  private void drop(Rumour rumour) {
    List<Rumour> rumours = byName.get(rumour.fact().node().name());
    if (rumours != null) {
      rumours.remove(rumour);
      if (rumours.isEmpty()) {
        byName.remove(rumour.fact().node().name());
      }
    }
  }
}
