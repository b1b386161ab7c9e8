package dev.starling.sim.validate;

import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Gossip;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.List;

/**
 * V4: the SWIM paper's measurements, one helper and periods of two seconds in up to 56 members:
 * load and first detection don't grow with the group, spreading grows with its logarithm (section
 * 5).
 */
final class SwimScaling implements Validation {
  private static final int FULL = 200;
  private static final int[] NODES = {8, 16, 24, 32, 40, 48, 56};
  private static final long PERIOD = 2 * Plain.SECOND;

  /** For so many periods load is counted. */
  private static final int LOOKED_AT = 10;

  @Override
  public String name() {
    return "V4";
  }

  @Override
  public String title() {
    return "load, first detection and spreading in groups of 8 to 56";
  }

  /** First detections cost less than whole runs. */
  private static final int DETECTIONS_EACH = 20;

  /** What one size of group does on average. */
  private record Means(double load, double spreading) {}

  @Override
  public List<Figure> measure(long seed, double size) {
    int runs = (int) Math.max(20, FULL * size);
    List<Means> means = new ArrayList<>();
    for (int nodes : NODES) {
      means.add(average(seed, nodes, runs));
    }
    List<Double> logs = new ArrayList<>();
    for (int nodes : NODES) {
      logs.add(Math.log(nodes));
    }
    Means small = means.getFirst();
    Means large = means.getLast();
    return List.of(
        Figure.within("datagrams a member and period, N = 8", 2, small.load(), 0.1),
        Figure.within("the same, N = 56", 2, large.load(), 0.1),
        detection(seed, runs * DETECTIONS_EACH),
        Figure.atLeast(
            "R² of spreading against log N",
            0.95,
            rSquared(logs, means.stream().map(Means::spreading).toList())));
  }

  /**
   * The first probe of the crashed node fails a period later; only the wait for it depends on N.
   */
  private static Figure detection(long seed, int runs) {
    int few = NODES[0];
    int many = NODES[NODES.length - 1];
    Sample small = detections(seed, few, runs);
    Sample large = detections(seed, many, runs);
    double ratio = large.mean() / small.mean();
    double error =
        ratio
            * Math.hypot(
                large.standardError() / large.mean(), small.standardError() / small.mean());
    double expected = (FirstProbe.meanPeriods(many) + 1) / (FirstProbe.meanPeriods(few) + 1);
    return Figure.near("first detection in periods, N = 56 over N = 8", expected, ratio, error);
  }

  private static Sample detections(long seed, int nodes, int runs) {
    double[] periods = new double[runs];
    for (int run = 0; run < runs; run++) {
      periods[run] = new Run(seed + run, nodes, 2, 1).detection;
    }
    return new Sample(periods);
  }

  private static Means average(long seed, int nodes, int runs) {
    double load = 0;
    double spreading = 0;
    for (int run = 0; run < runs; run++) {
      Run one = new Run(seed + run, nodes, LOOKED_AT, nodes - 1);
      load += one.load;
      spreading += one.spreading;
    }
    return new Means(load / runs, spreading / runs);
  }

  /** One crash in one group. */
  private static final class Run {
    private final double load;
    private double detection = -1;
    private double spreading;
    private int informed;

    /**
     * @param before periods before the crash
     * @param until how many have to know of it
     */
    private Run(long seed, int nodes, int before, int until) {
      SwimConfig config = Plain.unforgiving(PERIOD, 1);
      World world = Plain.group(seed, nodes, config.with(new Gossip(PERIOD * 1_000, 1, 1_000)));
      world.events().runUntil(before * PERIOD);
      load = (double) world.network().datagrams() / nodes / before;
      int victim = world.seeds().stream("victim").nextInt(nodes);
      long crash = world.events().now() + world.seeds().stream("moment").nextLong(PERIOD);
      world.events().runUntil(crash);
      world.watch((machine, output) -> {
        if (output instanceof Changed changed && changed.after().status() == Status.DEAD) {
          note((double) (world.events().now() - crash) / PERIOD);
        }
      });
      world.powerOff(victim);
      while (informed < until) {
        world.events().runUntil(world.events().now() + PERIOD);
      }
    }

    private void note(double periods) {
      if (detection < 0) {
        detection = periods;
      }
      informed++;
      spreading = periods - detection;
    }
  }

  /** Of the straight line through the points that fits best. */
  static double rSquared(List<Double> xs, List<Double> ys) {
    double meanX = xs.stream().mapToDouble(x -> x).average().orElseThrow();
    double meanY = ys.stream().mapToDouble(y -> y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < xs.size(); i++) {
      double x = xs.get(i) - meanX;
      double y = ys.get(i) - meanY;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    return xy * xy / (xx * yy);
  }
}
