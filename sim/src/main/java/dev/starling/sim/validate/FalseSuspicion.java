package dev.starling.sim.validate;

import dev.starling.membership.swim.SwimConfig.TargetOrder;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimOutput.ProbeFailed;
import dev.starling.sim.network.Rule;
import dev.starling.sim.network.Weather;
import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * V2: how often a living target fails a round under independent loss: the direct way has two
 * datagrams, each helper's four, so (1 − (1−l)²)(1 − (1−l)⁴)^k.
 */
final class FalseSuspicion implements Validation {
  private static final int NODES = 20;
  private static final int FULL_ROUNDS = 4_000_000;
  private static final double[] LOSS = {0.01, 0.05, 0.10, 0.30};
  private static final int[] HELPERS = {1, 3};

  @Override
  public String name() {
    return "V2";
  }

  @Override
  public String title() {
    return "share of probe rounds in which a living node is suspected, under loss";
  }

  @Override
  public List<Figure> measure(long seed, double size) {
    List<Figure> figures = new ArrayList<>();
    for (int helpers : HELPERS) {
      for (double loss : LOSS) {
        double expected =
            (1 - Math.pow(1 - loss, 2)) * Math.pow(1 - Math.pow(1 - loss, 4), helpers);
        figures.add(figure(seed, loss, helpers, expected, (int) (FULL_ROUNDS * size)));
      }
    }
    return figures;
  }

  private static Figure figure(long seed, double loss, int helpers, double expected, int most) {
    int rounds = Math.clamp((long) (400 / expected), 20_000, Math.max(20_000, most));
    World world = Plain.group(seed, NODES, Plain.watching(helpers, TargetOrder.SHUFFLED_ROUNDS));
    BitSet all = new BitSet();
    all.set(0, NODES);
    world.network().add(new Rule(all, all, Weather.lossy(loss)));
    long[] counts = new long[2];
    world.tap((from, send, bytes) -> {
      if (send.packet().message() instanceof Ping ping && ping.sequence() > 0) {
        counts[0]++;
      }
    });
    world.watch((machine, output) -> {
      if (output instanceof ProbeFailed) {
        counts[1]++;
      }
    });
    world.events().runUntil((long) rounds / NODES * Plain.PERIOD);
    double measured = (double) counts[1] / counts[0];
    // Four standard deviations of the count; a count of a few may be anything near.
    double slack = 4 * Math.sqrt(expected / counts[0]) + 2.0 / counts[0];
    String what = String.format(Locale.ROOT, "k = %d, loss %.0f %%", helpers, 100 * loss);
    return new Figure(what, expected, measured, expected - slack, expected + slack);
  }
}
