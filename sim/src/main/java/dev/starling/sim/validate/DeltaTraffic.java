package dev.starling.sim.validate;

import dev.starling.crdt.DeltaBuffer;
import dev.starling.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * V9: how many elements 15 nodes send each other until all 100 updates of each are everywhere (Enes
 * et al., "Efficient synchronization of state-based CRDTs", ICDE 2019, section 5): the published
 * counts for grow-only sets, and the order of the algorithms for counters and maps. Each node is a
 * production delta buffer; once a round, at a time of its own, it updates and sends each neighbour
 * what it owes it. (Were all to send at once, a tree would need but half: what went out would not
 * meet what comes back.)
 */
final class DeltaTraffic implements Validation {
  private static final int NODES = 15;
  private static final int FULL_UPDATES = 100;

  /** Each algorithm of the paper: what a node does beside sending what it has learnt. */
  enum Algorithm {
    CLASSIC(false, false),
    BP(true, false),
    RR(false, true),
    BP_RR(true, true);

    private final boolean back;
    private final boolean novel;

    Algorithm(boolean back, boolean novel) {
      this.back = back;
      this.novel = novel;
    }
  }

  /** What is replicated: maps that only grow, whose values only rise, are all three kinds. */
  enum Kind {
    SET,
    COUNTER,
    MAP
  }

  /** Joins by the highest value of each key. */
  private static final DeltaBuffer.Lattice<TreeMap<Integer, Integer>> HIGHEST =
      new DeltaBuffer.Lattice<>() {
        @Override
        public TreeMap<Integer, Integer> join(List<TreeMap<Integer, Integer>> deltas) {
          TreeMap<Integer, Integer> all = new TreeMap<>();
          for (TreeMap<Integer, Integer> delta : deltas) {
            delta.forEach((key, value) -> all.merge(key, value, Math::max));
          }
          return all;
        }

        @Override
        public long size(TreeMap<Integer, Integer> delta) {
          return delta.size();
        }
      };

  private record Sent(int from, int to, TreeMap<Integer, Integer> delta) {}

  @Override
  public String name() {
    return "V9";
  }

  @Override
  public String title() {
    return "elements that 15 nodes send by delta buffers, with and without BP and RR";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    int updates = (int) Math.max(10, FULL_UPDATES * size);
    List<Integer> order = new ArrayList<>(IntStream.range(0, NODES).boxed().toList());
    Collections.shuffle(order, new Seeds(seed).stream("phases"));
    List<Figure> figures = new ArrayList<>();
    if (updates == FULL_UPDATES) {
      published(figures, order);
    }
    int onTree = NODES * updates * (NODES - 1);
    figures.add(
        Figure.within(
            "tree, set, BP+RR: each element once a link",
            onTree,
            sent(order, Kind.SET, Algorithm.BP_RR, tree(), updates),
            0));
    for (Kind kind : Kind.values()) {
      compare(figures, order, kind, "mesh", mesh(), updates);
      compare(figures, order, kind, "tree", tree(), updates);
    }
    return figures;
  }

  private static void published(List<Figure> figures, List<Integer> order) {
    figures.add(published(order, "mesh, set, classic", 4_601_128, Algorithm.CLASSIC, mesh()));
    figures.add(published(order, "mesh, set, BP+RR", 68_919, Algorithm.BP_RR, mesh()));
    figures.add(published(order, "tree, set, classic", 2_149_624, Algorithm.CLASSIC, tree()));
    figures.add(published(order, "tree, set, BP+RR", 21_000, Algorithm.BP_RR, tree()));
  }

  private static Figure published(
      List<Integer> order,
      String what,
      double expected,
      Algorithm algorithm,
      List<List<Integer>> links) {
    return Figure.within(
        what, expected, sent(order, Kind.SET, algorithm, links, FULL_UPDATES), 0.1);
  }

  /** Each of BP and RR saves, both save most. */
  private static void compare(
      List<Figure> figures,
      List<Integer> order,
      Kind kind,
      String shape,
      List<List<Integer>> links,
      int updates) {
    String what = shape + ", " + kind + ": ";
    double classic = sent(order, kind, Algorithm.CLASSIC, links, updates);
    double back = sent(order, kind, Algorithm.BP, links, updates);
    double novel = sent(order, kind, Algorithm.RR, links, updates);
    double both = sent(order, kind, Algorithm.BP_RR, links, updates);
    figures.add(Figure.atMost(what + "BP, at most classic", classic, back));
    figures.add(Figure.atMost(what + "RR, at most classic", classic, novel));
    figures.add(Figure.atMost(what + "BP+RR, at most the better", Math.min(back, novel), both));
  }

  /** How many elements all nodes send until nobody owes anybody anything. */
  private static double sent(
      List<Integer> order, Kind kind, Algorithm algorithm, List<List<Integer>> links, int updates) {
    List<Replica> replicas = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      replicas.add(new Replica(links.get(node), algorithm));
    }
    double elements = 0;
    boolean owed = true;
    for (int round = 0; round < updates || owed; round++) {
      owed = false;
      for (int node : order) {
        if (round < updates) {
          replicas.get(node).update(kind, node, round);
        }
        for (Sent sent : replicas.get(node).send(node)) {
          replicas.get(sent.to()).receive(sent);
          elements += sent.delta().size();
          owed = true;
        }
      }
    }
    check(replicas);
    return elements;
  }

  private static void check(List<Replica> replicas) {
    for (Replica replica : replicas) {
      if (!replica.state.equals(replicas.getFirst().state)) {
        throw new IllegalStateException("replicas that owe nothing differ");
      }
    }
  }

  /** Each node has four neighbours. */
  private static List<List<Integer>> mesh() {
    List<List<Integer>> links = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      links.add(
          List.of(
              (node + 1) % NODES,
              (node + 2) % NODES,
              (node + NODES - 1) % NODES,
              (node + NODES - 2) % NODES));
    }
    return links;
  }

  /** A binary tree: the root has two neighbours, a leaf one, the others three. */
  private static List<List<Integer>> tree() {
    List<List<Integer>> links = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      List<Integer> own = new ArrayList<>();
      if (node > 0) {
        own.add((node - 1) / 2);
      }
      if (2 * node + 2 < NODES) {
        own.add(2 * node + 1);
        own.add(2 * node + 2);
      }
      links.add(own);
    }
    return links;
  }

  /** One node. */
  private static final class Replica {
    /** A tenth of the keys of a map of 1,000 change in a round, over all nodes. */
    private static final int MAP_UPDATES = 1_000 / 10 / NODES;

    private final TreeMap<Integer, Integer> state = new TreeMap<>();
    private final DeltaBuffer<Integer, TreeMap<Integer, Integer>> buffer =
        new DeltaBuffer<>(HIGHEST, Long.MAX_VALUE);
    private final List<Integer> neighbours;
    private final Algorithm algorithm;

    Replica(List<Integer> neighbours, Algorithm algorithm) {
      this.neighbours = neighbours;
      this.algorithm = algorithm;
      neighbours.forEach(buffer::addPeer);
    }

    void update(Kind kind, int node, int round) {
      TreeMap<Integer, Integer> delta = new TreeMap<>();
      switch (kind) {
        case SET -> delta.put(round * NODES + node, 1);
        case COUNTER -> delta.put(node, round + 1);
        case MAP -> {
          for (int i = 0; i < MAP_UPDATES; i++) {
            delta.put((round * MAP_UPDATES + i) % (1_000 / NODES) * NODES + node, round + 1);
          }
        }
      }
      learn(delta, null);
    }

    /** Links lose nothing: what was sent is held. */
    List<Sent> send(int self) {
      List<Sent> flying = new ArrayList<>();
      for (int neighbour : neighbours) {
        TreeMap<Integer, Integer> owed = buffer.pending(neighbour, Long.MAX_VALUE);
        if (owed != null) {
          flying.add(new Sent(self, neighbour, owed));
          buffer.acknowledge(neighbour, delta -> true);
        }
      }
      return flying;
    }

    void receive(Sent sent) {
      TreeMap<Integer, Integer> novel = new TreeMap<>(sent.delta());
      novel.entrySet().removeIf(entry -> state.getOrDefault(entry.getKey(), 0) >= entry.getValue());
      if (!novel.isEmpty()) {
        learn(
            algorithm.novel ? novel : sent.delta(),
            algorithm.back ? Integer.valueOf(sent.from()) : null);
      }
    }

    private void learn(TreeMap<Integer, Integer> delta, @Nullable Integer from) {
      delta.forEach((key, value) -> state.merge(key, value, Math::max));
      buffer.add(delta, from);
    }
  }
}
