package dev.starling.sim.validate;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * V7: Rapid's experiments with a thousand nodes, of which one in a hundred crashes, hears nothing
 * for 20 s at a time, or loses four of five datagrams that it sends (Suresh et al., "Stable and
 * Consistent Membership at Scale with Rapid", ATC 2018, section 7). Rapid agrees on cuts of several
 * nodes and keeps out whoever is unreliable; SWIM judges each node by itself and lets whoever
 * answers return, so that only the fate of healthy nodes is compared where the designs differ.
 */
final class PartialFailures implements Validation {
  private static final int FULL_NODES = 1_000;
  private static final int LEAST_NODES = 200;
  private static final int LEAST_FAULTY = 4;
  private static final int SPELLS = 3;
  private static final long CALM = 5 * Plain.SECOND;
  private static final long SPELL = 20 * Plain.SECOND;
  private static final long LOSSY = 90 * Plain.SECOND;
  private static final double LOSS = 0.8;

  @Override
  public String name() {
    return "V7";
  }

  @Override
  public String title() {
    return "views while one node in a hundred crashes, is deaf now and then, or loses what it sends";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    int nodes = (int) Math.clamp(FULL_NODES * size, LEAST_NODES, FULL_NODES);
    int faulty = Math.max(LEAST_FAULTY, nodes / 100);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(crashes(seed, nodes, faulty));
    figures.addAll(deafness(seed, nodes, faulty));
    figures.addAll(loss(seed, nodes, faulty));
    return figures;
  }

  private static List<Figure> crashes(long seed, int nodes, int faulty) {
    Views views = new Views(seed, nodes, faulty);
    World world = views.world;
    for (int number = 0; number < faulty; number++) {
      world.powerOff(number);
    }
    world.events().runUntil(CALM + 2 * SPELL);
    return List.of(
        exactly(
            faulty + " crashes: crashed nodes that all others removed",
            faulty,
            views.outEverywhere()),
        exactly(faulty + " crashes: healthy nodes removed", 0, views.healthyRemoved.size()),
        views.sizes(faulty + " crashes"));
  }

  private static List<Figure> deafness(long seed, int nodes, int faulty) {
    Views views = new Views(seed, nodes, faulty);
    World world = views.world;
    for (int spell = 0; spell < SPELLS; spell++) {
      Rule deaf = new Rule(views.all, views.faulty, Weather.blocked());
      world.network().add(deaf);
      world.events().runUntil(world.events().now() + SPELL);
      world.network().remove(deaf);
      world.events().runUntil(world.events().now() + SPELL);
    }
    String what = faulty + " deaf for 20 of 40 s: ";
    return List.of(
        exactly(
            what + "times removed, a node and spell",
            1,
            views.removals() / (double) (faulty * SPELLS)),
        exactly(what + "healthy nodes removed", 0, views.healthyRemoved.size()),
        views.sizes(what.substring(0, what.length() - 2)));
  }

  private static List<Figure> loss(long seed, int nodes, int faulty) {
    Views views = new Views(seed, nodes, faulty);
    World world = views.world;
    world.network().add(new Rule(views.faulty, views.all, Weather.lossy(LOSS)));
    world.events().runUntil(CALM + LOSSY);
    String what = faulty + " lose 80 % of datagrams: ";
    return List.of(
        Figure.noted(what + "removed", faulty, views.faultyRemoved()),
        exactly(what + "healthy nodes removed", 0, views.healthyRemoved.size()),
        views.sizes(what.substring(0, what.length() - 2)));
  }

  private static Figure exactly(String what, double expected, double measured) {
    return new Figure(what, expected, measured, expected, expected);
  }

  /** What the healthy nodes believed. */
  private static final class Views {
    final World world;
    final BitSet all = new BitSet();
    final BitSet faulty = new BitSet();
    final Set<String> healthyRemoved = new TreeSet<>();
    private final int[] living;
    private final int[] removedBy;
    private final Set<Integer> sizes = new TreeSet<>();
    private final TreeMap<NodeId, Set<Long>> removed = new TreeMap<>();

    Views(long seed, int nodes, int faultyNodes) {
      world = Plain.group(seed, nodes, SwimConfig.region());
      all.set(0, nodes);
      faulty.set(0, faultyNodes);
      world.events().runUntil(CALM);
      living = new int[nodes];
      removedBy = new int[nodes];
      Arrays.fill(living, nodes);
      sizes.add(nodes);
      world.watch(this::saw);
    }

    private void saw(Machine machine, SwimOutput output) {
      if (output instanceof Changed changed && !faulty.get(machine.number())) {
        Fact before = changed.before();
        Fact after = changed.after();
        boolean lived = before != null && before.status().isLive();
        if (lived != after.status().isLive()) {
          living[machine.number()] += lived ? -1 : 1;
          removedBy[world.numberOf(after.node().name())] += lived ? 1 : -1;
          sizes.add(living[machine.number()]);
        }
        if (after.status() == Status.DEAD) {
          remove(after);
        }
      }
    }

    private void remove(Fact fact) {
      if (faulty.get(world.numberOf(fact.node().name()))) {
        removed.computeIfAbsent(fact.node(), node -> new TreeSet<>()).add(fact.incarnation());
      } else {
        healthyRemoved.add(fact.node().name());
      }
    }

    /** How many faulty nodes no healthy one believes in any more. */
    int outEverywhere() {
      int healthy = living.length - faulty.cardinality();
      return (int) faulty.stream().filter(number -> removedBy[number] == healthy).count();
    }

    int faultyRemoved() {
      return removed.size();
    }

    /** How often a faulty node was declared dead, after it refuted included. */
    int removals() {
      return removed.values().stream().mapToInt(Set::size).sum();
    }

    /** Rapid knows one size before and one after; SWIM one more for each faulty node. */
    Figure sizes(String what) {
      return new Figure(
          what + ": distinct view sizes", 2, sizes.size(), 1, faulty.cardinality() + 1);
    }
  }
}
