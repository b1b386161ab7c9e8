package dev.starling.sim.validate;

import dev.starling.membership.Fact;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Gossip;
import dev.starling.membership.swim.SwimConfig.TargetOrder;
import dev.starling.membership.swim.SwimInput.Describe;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * V3: of news that only rides on pings and their answers, a share of at most about n^−(2λ − 2) of n
 * members knows nothing after λ·ln n periods (SWIM section 4.1, after Bailey's model of epidemics).
 */
final class Infection implements Validation {
  private static final int FULL = 200;
  private static final int[] NODES = {100, 400};
  private static final double[] LAMBDA = {1.25, 1.5, 1.75};

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
    for (int nodes : NODES) {
      double[] left = new double[LAMBDA.length];
      for (int run = 0; run < runs; run++) {
        spread(seed + run, nodes, left);
      }
      for (int i = 0; i < LAMBDA.length; i++) {
        double bound = Math.pow(nodes, 2 - 2 * LAMBDA[i]);
        String what = String.format(Locale.ROOT, "N = %d, λ = %.2f", nodes, LAMBDA[i]);
        figures.add(Figure.atMost(what, bound, left[i] / runs / nodes));
      }
    }
    return figures;
  }

  private static void spread(long seed, int nodes, double[] left) {
    World world = Plain.group(seed, nodes, ridingOnPings());
    world.events().runUntil(3 * Plain.PERIOD);
    CoreUnderTest first = world.machine(0).core();
    if (first == null) {
      throw new IllegalStateException("nobody starts at 0");
    }
    world.machine(0).give(new Describe(world.info(0).withLoad(1)));
    long began = world.events().now();
    for (int i = 0; i < LAMBDA.length; i++) {
      world.events().runUntil(began + (long) (LAMBDA[i] * Math.log(nodes) * Plain.PERIOD));
      left[i] += uninformed(world);
    }
  }

  private static int uninformed(World world) {
    int count = 0;
    for (int number = 1; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      for (Fact fact : core == null ? List.<Fact>of() : core.facts()) {
        boolean old = fact.incarnation() == 0 && fact.node().name().equals("n0");
        count += old ? 1 : 0;
      }
    }
    return count;
  }

  private static SwimConfig ridingOnPings() {
    long never = 1_000_000 * Plain.SECOND;
    return Plain.watching(0, TargetOrder.UNIFORM).with(new Gossip(never, 1, 1_000));
  }
}
