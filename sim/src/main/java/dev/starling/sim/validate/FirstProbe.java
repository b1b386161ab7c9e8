package dev.starling.sim.validate;

import dev.starling.membership.swim.SwimConfig.TargetOrder;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * V1: how long a crash stays unprobed when everybody probes anybody at random (SWIM section 3.1: a
 * member is probed in a period with a probability of 1 − 1/e, so the mean is e/(e − 1) rounds).
 */
final class FirstProbe implements Validation {
  private static final int FULL = 10_000;

  /** Of large groups fewer: their figures are nearly the same, and each crash costs more. */
  private static final int[] LEAST = {10_000, 6_000, 3_000, 1_000};

  /** Phases are drawn once a world, and matter the more the fewer nodes there are. */
  private static final int[] CRASHES_PER_WORLD = {5, 20, 100, 100};

  private static final int[] NODES = {10, 30, 100, 1_000};
  private static final double[] MEAN = {0.953, 0.986, 0.996, 1.000};
  private static final double[] TAIL = {4.36, 4.53, 4.58, 4.60};
  private static final double[] ROUNDS = {1.530, 1.566, 1.577, 1.5815};

  @Override
  public String name() {
    return "V1";
  }

  @Override
  public String title() {
    return "periods until a crashed node is probed first";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < NODES.length; i++) {
      Sample periods = sample(seed, i, (int) Math.max(LEAST[i], FULL * size));
      Sample rounds = periods.map(Math::ceil);
      String nodes = ", N = " + NODES[i];
      figures.add(near("mean, random phases" + nodes, MEAN[i], periods));
      figures.add(
          Figure.near(
              "99th percentile" + nodes,
              TAIL[i],
              periods.quantile(0.99),
              // The tail falls by a factor e a period: its density is the share that is left.
              periods.standardErrorOfQuantile(0.99, 0.01)));
      figures.add(near("mean, whole rounds" + nodes, ROUNDS[i], rounds));
    }
    return figures;
  }

  private static Figure near(String what, double expected, Sample sample) {
    return Figure.near(what, expected, sample.mean(), sample.standardError());
  }

  /**
   * The mean at random phases: in a fraction f of a period each of the others has probed the node
   * with a probability of f/(N − 1), after k whole ones not at all with (1 − 1/(N − 1))^k.
   */
  static double meanPeriods(int nodes) {
    double others = nodes - 1;
    double missed = 1 - 1 / others;
    return others / nodes * (1 - Math.pow(missed, nodes)) / (1 - Math.pow(missed, others));
  }

  private static Sample sample(long seed, int kind, int count) {
    int nodes = NODES[kind];
    double[] periods = new double[count];
    for (int taken = 0; taken < count; taken += CRASHES_PER_WORLD[kind]) {
      World world = Plain.group(seed + taken, nodes, Plain.watching(0, TargetOrder.UNIFORM));
      Watch watch = new Watch(world);
      RandomGenerator random = world.seeds().stream("crashes");
      for (int i = taken; i < Math.min(count, taken + CRASHES_PER_WORLD[kind]); i++) {
        periods[i] = watch.crash(random.nextInt(nodes), random);
      }
    }
    return new Sample(periods);
  }

  /** Sees the first probe of a silent node. */
  private static final class Watch {
    private final World world;
    private String target = "";
    private long probedAt;

    private Watch(World world) {
      this.world = world;
      world.tap((from, send, bytes) -> {
        boolean probe =
            send.packet().message() instanceof Ping ping && ping.target().name().equals(target);
        if (probe && probedAt < 0) {
          probedAt = world.events().now();
        }
      });
    }

    /** Periods from a crash to the first probe; the node is up again afterwards. */
    private double crash(int number, RandomGenerator random) {
      pass(2 * Plain.PERIOD + random.nextLong(Plain.PERIOD));
      Machine machine = world.machine(number);
      long began = world.events().now();
      machine.pause(Long.MAX_VALUE / 4);
      target = world.topology().name(number);
      probedAt = -1;
      while (probedAt < 0) {
        pass(Plain.PERIOD / 20);
      }
      target = "";
      // Its period begins anew when it wakes: right behind the probe it would fall in step with the
      // prober.
      pass(random.nextLong(Plain.PERIOD));
      machine.goOn();
      return (double) (probedAt - began) / Plain.PERIOD;
    }

    private void pass(long nanos) {
      world.events().runUntil(world.events().now() + nanos);
    }
  }
}
