package dev.starling.sim.validate;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Gossip;
import dev.starling.membership.swim.SwimConfig.TargetOrder;
import dev.starling.membership.swim.SwimInput.Describe;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * V3: of news that only rides on pings and their answers, a share of at most about n^−(2λ − 2) of n
 * members knows nothing after λ·ln n periods (SWIM section 4.1, after Bailey's model of epidemics).
 *
 * <p>The bound is far above what happens, so the speed is checked too. While few know, a member
 * that knows is pinged at a rate of 1 a period and pings once a period, at any phase if it was told
 * by a ping, and a whole period after it was told by an answer. Such a branching process grows by
 * e^r a period where (1 − 1/r)² = e^−r / (r·(1 − e^−r)), so r = 1.630, and the time until half of
 * the members know grows by ln(n)/r.
 */
final class Infection implements Validation {
  private static final int FULL = 200;
  private static final int[] NODES = {100, 400};
  private static final double[] LAMBDA = {1.25, 1.5, 1.75};
  private static final int FEW = 25;
  private static final double GROWTH = 1.6302;

  @Override
  public String name() {
    return "V3";
  }

  @Override
  public String title() {
    return "share of members that news hasn't reached after λ·ln N periods";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    int runs = (int) Math.max(20, FULL * size);
    List<Figure> figures = new ArrayList<>();
    List<Double> halves = new ArrayList<>();
    for (int nodes : NODES) {
      List<double[]> spreads = spreads(seed, nodes, runs);
      halves.add(timeOfHalf(spreads));
      for (double lambda : LAMBDA) {
        double bound = Math.pow(nodes, 2 - 2 * lambda);
        String what = String.format(Locale.ROOT, "N = %d, λ = %.2f", nodes, lambda);
        double limit = lambda * Math.log(nodes);
        figures.add(Figure.atMost(what, bound, uninformed(spreads, limit)));
      }
    }
    figures.add(speed(timeOfHalf(spreads(seed, FEW, runs)), halves.getLast(), runs));
    return figures;
  }

  private static Figure speed(double few, double many, int runs) {
    double expected = Math.log((double) NODES[NODES.length - 1] / FEW) / GROWTH;
    // The logarithm of an exponential variable deviates by 1.28.
    double slack = 4 * 1.28 / GROWTH * Math.sqrt(2.0 / runs);
    return new Figure(
        "periods until half know, N = 400 less N = 25",
        expected,
        many - few,
        expected - slack,
        expected + slack);
  }

  private static double uninformed(List<double[]> spreads, double limit) {
    return spreads.stream()
            .mapToDouble(times -> Arrays.stream(times).filter(time -> time > limit).count())
            .sum()
        / spreads.size()
        / (spreads.getFirst().length + 1);
  }

  private static double timeOfHalf(List<double[]> spreads) {
    return spreads.stream().mapToDouble(times -> times[times.length / 2]).average().orElseThrow();
  }

  private static List<double[]> spreads(long seed, int nodes, int runs) {
    List<double[]> spreads = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      spreads.add(spread(seed + run, nodes));
    }
    return spreads;
  }

  /** When each of the others knew, in periods and in order; infinite where that took too long. */
  private static double[] spread(long seed, int nodes) {
    World world = Plain.group(seed, nodes, ridingOnPings());
    world.events().runUntil(3 * Plain.PERIOD);
    long began = world.events().now();
    double[] times = new double[nodes - 1];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    int[] informed = new int[1];
    world.watch((machine, output) -> {
      boolean news =
          machine.number() > 0
              && output instanceof Changed changed
              && changed.after().incarnation() > 0
              && changed.after().node().name().equals("n0");
      if (news) {
        times[informed[0]++] = (double) (world.events().now() - began) / Plain.PERIOD;
      }
    });
    world.machine(0).give(new Describe(world.info(0).withLoad(1)));
    world.events().runUntil(began + (long) (2 * Math.log(nodes) * Plain.PERIOD));
    return times;
  }

  private static SwimConfig ridingOnPings() {
    long never = 1_000_000 * Plain.SECOND;
    return Plain.watching(0, TargetOrder.UNIFORM).with(new Gossip(never, 1, 1_000));
  }
}
