package dev.starling.sim;

import dev.starling.membership.ring.Ring;
import dev.starling.sim.measure.RingBalance;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how shards lie on nodes, and how they move. */
@Command(
    name = "ring",
    description = "Measure how evenly shards lie on a region's nodes, and how many move.",
    mixinStandardHelpOptions = true)
final class RingCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--nodes",
      split = ",",
      defaultValue = "3,4,5,9,10,30,31,100",
      description = "sizes of a region in three zones (${DEFAULT-VALUE})")
  private List<Integer> nodes = List.of();

  @Override
  public void run() {
    line(
        "| nodes | owned: mean | fewest | most | first: fewest | most | gained when one goes | necessary | gained when one joins | necessary |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    for (int size : nodes) {
      RingBalance balance = RingBalance.of(size);
      line(
          String.format(
              Locale.ROOT,
              "| %d | %.0f | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |",
              size,
              (double) Math.min(Ring.OWNERS, size) * Ring.SHARDS / size,
              balance.fewest(),
              balance.most(),
              balance.fewestFirst(),
              balance.mostFirst(),
              balance.goes().gained(),
              balance.goes().necessary(),
              balance.joins().gained(),
              balance.joins().necessary()));
    }
  }

  private void line(String text) {
    spec.commandLine().getOut().println(text);
  }
}
