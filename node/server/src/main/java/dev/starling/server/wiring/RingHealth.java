package dev.starling.server.wiring;

import dev.starling.membership.Fact;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import dev.starling.server.edge.Health;
import dev.starling.server.ring.RingEvent;
import dev.starling.server.ring.RingNode;
import dev.starling.server.ring.RingView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What the health tells of the ring; thread-safe. */
final class RingHealth {
  /**
   * How long a death is told of. The dead are remembered for a day, and of pods that are replaced
   * every one would stay for as long.
   */
  static final long MOURNING_MINUTES = 10;

  /** Whoever reads of a bad day needs no list of all its victims. */
  private static final int MOST_NAMED = 16;

  private final VersionRange versions;
  private final LongSupplier nanos;
  private final Map<String, Long> goneNanos = new LinkedHashMap<>();

  /**
   * @param versions of the protocol between nodes, which this node speaks
   * @param nanos monotonic time
   */
  RingHealth(VersionRange versions, LongSupplier nanos) {
    this.versions = versions;
    this.nanos = nanos;
  }

  /** Notes who is gone since when. */
  synchronized void saw(RingEvent event) {
    String name = event.node().id().name();
    long now = nanos.getAsLong();
    switch (event) {
      case RingEvent.Gone gone -> goneNanos.put(name, now);
      case RingEvent.Came came -> goneNanos.remove(name);
      case RingEvent.Described described -> {}
      case RingEvent.Reached reached -> {}
    }
    goneNanos.values().removeIf(then -> isLongAgo(then, now));
  }

  private static boolean isLongAgo(long then, long now) {
    return now - then > TimeUnit.MINUTES.toNanos(MOURNING_MINUTES);
  }

  private synchronized boolean isMourned(String name) {
    Long then = goneNanos.get(name);
    return then != null && !isLongAgo(then, nanos.getAsLong());
  }

  /**
   * What isn't as it should be.
   *
   * @param members the nodes that live
   * @param reached whether signals get to a node, by name
   * @param complaints about this node's certificate
   * @param dropped what about rooms was dropped or refused, and how often
   */
  Health.Peers peers(
      RingView view,
      List<RingNode> members,
      Predicate<String> reached,
      List<String> complaints,
      SortedMap<String, Long> dropped) {
    TreeMap<String, Integer> living = new TreeMap<>();
    members.forEach(node -> living.merge(node.info().region(), 1, Integer::sum));
    List<String> degraded = new ArrayList<>();
    if (!view.joined()) {
      degraded.add("seeds");
    }
    if (view.stalled()) {
      degraded.add("stalled");
    }
    if (view.fenced()) {
      degraded.add("fenced");
    }
    degraded.addAll(complaints);
    view.unreachable().forEach(region -> degraded.add("region " + region));
    degraded.addAll(unreached(view, members, reached));
    for (RingNode node : members) {
      if (!versions.meets(node.info().versions()) && degraded.size() < MOST_NAMED) {
        degraded.add("no version in common with " + node.id().name());
      }
    }
    for (Fact fact : view.members()) {
      if (isBad(fact) && degraded.size() < MOST_NAMED) {
        degraded.add("node " + fact.node().name());
      }
    }
    return new Health.Peers(view.joined(), living, degraded, dropped);
  }

  /** Living nodes that signals don't get to; a whole region by its name. */
  private static List<String> unreached(
      RingView view, List<RingNode> members, Predicate<String> reached) {
    TreeMap<String, List<String>> missing = new TreeMap<>();
    TreeSet<String> withStream = new TreeSet<>();
    for (RingNode node : members) {
      String name = node.id().name();
      if (name.equals(view.self().name()) || reached.test(name)) {
        withStream.add(node.info().region());
      } else {
        missing.computeIfAbsent(node.info().region(), first -> new ArrayList<>()).add(name);
      }
    }
    List<String> told = new ArrayList<>();
    missing.forEach((region, names) -> {
      if (withStream.contains(region)) {
        names.stream().limit(MOST_NAMED).forEach(name -> told.add("no stream to node " + name));
      } else {
        told.add("no stream to region " + region);
      }
    });
    return told;
  }

  private boolean isBad(Fact fact) {
    return fact.status() == Status.SUSPECT
        || (fact.status() == Status.DEAD && isMourned(fact.node().name()));
  }
}
